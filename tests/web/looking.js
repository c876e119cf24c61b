// What a careful eye would point at on the page as it is shown now, as a list of sentences.
() => {
  const wide = document.documentElement.clientWidth;
  const wrong = [];
  const pen = document.createElement("canvas").getContext("2d");
  const rgb = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) =>
    rgb(colour)
      .slice(0, 3)
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const under = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgb(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const lines = (range) =>
    new Set([...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top)))
      .size;
  const block = (node) => {
    while (getComputedStyle(node).display.startsWith("inline")) node = node.parentElement;
    return node;
  };
  for (const closed of document.querySelectorAll("details")) closed.open = true;
  if (document.scrollingElement.scrollWidth > wide) wrong.push("it scrolls sideways");
  for (const node of document.querySelectorAll("main, main *")) {
    if (!node.checkVisibility()) continue;
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    const name = `${node.tagName.toLowerCase()} "${node.textContent.trim().slice(0, 40)}"`;
    if (box.right > wide + 0.5 || box.left < -0.5) wrong.push(`${name} is cut off`);
    const touched = node.matches("a, button, summary, input:not([type=hidden])");
    if (touched && (box.height < 44 || box.width < 44)) wrong.push(`${name} is too small to tap`);
    for (const words of node.childNodes) {
      if (words.nodeType !== Node.TEXT_NODE || !words.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(words);
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const column = block(node).clientWidth / pen.measureText("0").width;
      if (lines(range) > 1 && column < 12) wrong.push(`${name} stands in ${column} characters`);
      for (const word of words.data.matchAll(/[^\s-]+/g)) {
        range.setStart(words, word.index);
        range.setEnd(words, word.index + word[0].length);
        if (lines(range) > 1) wrong.push(`${word[0]} is broken in ${name}`);
      }
      const [low, high] = [light(style.color), light(under(node))].sort((a, b) => a - b);
      const contrast = (high + 0.05) / (low + 0.05);
      if (contrast < 4.5) wrong.push(`${name} has a contrast of ${contrast.toFixed(1)}`);
    }
  }
  const next = document.querySelector(".next")?.getBoundingClientRect();
  if (next && next.bottom > window.innerHeight + 0.5) wrong.push("what to do next is out of reach");
  return wrong;
}
