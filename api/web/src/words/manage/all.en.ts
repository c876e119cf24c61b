/** The words of the manager's desk in English, of all topics; the stand does not load them. */
export default Object.values(
  import.meta.glob<string>('./*.en.ftl', { query: '?raw', import: 'default', eager: true }),
)
