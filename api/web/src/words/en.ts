/** The screens' own words in English, of all topics. */
export default Object.values(
  import.meta.glob<string>('./*.en.ftl', { query: '?raw', import: 'default', eager: true }),
)
