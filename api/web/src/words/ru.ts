/** The screens' own words in Russian, of all topics. */
export default Object.values(
  import.meta.glob<string>('./*.ru.ftl', { query: '?raw', import: 'default', eager: true }),
)
