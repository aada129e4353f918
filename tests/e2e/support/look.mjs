/** The brightness of the page's ground, and the texts that stand out too little from theirs. */
export function readLook(page) {
  return page.evaluate(async () => {
    // Colours fade over. One that is replaced on its way rejects.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const brightness = (colour) => {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [red, green, blue] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    /** The nearest background that is painted. */
    const ground = (part) => {
      for (let node = part; node; node = node.parentElement) {
        const { backgroundColor } = getComputedStyle(node);
        if (backgroundColor !== "rgba(0, 0, 0, 0)") return backgroundColor;
      }
      return "white";
    };
    const contrast = (part) => {
      const pair = [brightness(getComputedStyle(part).color), brightness(ground(part))];
      return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    };
    const texts = [
      ...document.querySelectorAll("h1, h2, p, a, dt, dd, li, button, select, small, th, td, .chip, label"),
    ];
    const shown = texts.filter(
      (part) => part.checkVisibility() && part.textContent.trim() && !part.closest(".visually-hidden"),
    );
    return {
      dark: matchMedia("(prefers-color-scheme: dark)").matches,
      ground: brightness(getComputedStyle(document.body).backgroundColor),
      checked: shown.length,
      pale: shown
        .map((part) => [contrast(part), part.textContent.trim().slice(0, 40)])
        .filter(([value]) => value < 4.5),
    };
  });
}
