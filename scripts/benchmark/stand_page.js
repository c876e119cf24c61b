// What the bench of the stand puts into the page before it loads: when news came, when it was seen.
// All times are milliseconds since 1970.
(() => {
  const at = () => performance.timeOrigin + performance.now();
  const seen = {
    news: [],
    fetched: 0,
    // The frame that shows it: after the next one is drawn.
    frame: () => new Promise((done) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(at());
      port2.postMessage(0);
    })),
    until: (holds) => new Promise((done) => {
      if (holds()) return seen.frame().then(done);
      const watching = new MutationObserver(() => {
        if (!holds()) return;
        watching.disconnect();
        seen.frame().then(done);
      });
      watching.observe(document, { subtree: true, childList: true, attributes: true });
    }),
    // `filled`: a party sits at the table. The time of the frame, and of the news before it.
    table: async (table, filled) => {
      const mark = () => document.querySelector(`[data-table="${table}"]`);
      seen.news.length = 0;
      const painted = await seen.until(() => Boolean(mark()?.dataset.seating) === filled);
      return { painted, heard: seen.news[0] ?? null };
    },
    // From the finger's lifting to the frame with the sheet's heading and what it offers.
    tap: (selector) => new Promise((done) => {
      const button = document.querySelector(selector);
      const ready = () => document.querySelector('.sheet .sheet-title')?.textContent.trim()
        && document.querySelector('.sheet button');
      button.addEventListener('click', (event) => {
        const tapped = performance.timeOrigin + event.timeStamp;
        seen.until(ready).then((painted) => done(painted - tapped));
      }, { once: true, capture: true });
    }),
    sizes: (until) => performance.getEntriesByType('resource')
      .concat(performance.getEntriesByType('navigation'))
      .filter((each) => each.startTime <= until)
      .map((each) => [new URL(each.name).pathname, each.encodedBodySize]),
  };
  window.bench = seen;
  const Source = window.EventSource;
  window.EventSource = class extends Source {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', () => seen.news.push(at()));
    }
  };
  const fetched = window.fetch;
  window.fetch = (asked, ...given) => {
    if (String(asked?.url ?? asked).endsWith('/host/tonight')) seen.fetched += 1;
    return fetched(asked, ...given);
  };
  addEventListener('DOMContentLoaded', () => {
    seen.until(() => document.querySelector('.stand [data-table]')).then((when) => {
      seen.opened = when - performance.timeOrigin;
    });
  });
})();
