/** The words of the manager's desk in Russian, of all topics; the stand does not load them. */
export default Object.values(
  import.meta.glob<string>('./*.ru.ftl', { query: '?raw', import: 'default', eager: true }),
)
