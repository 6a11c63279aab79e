// The memory of a soak as a small SVG.

const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 48;
const BOTTOM = 28;
const SERIES = [
  ['rss', '#c0392b', 'resident'],
  ['heap', '#2980b9', 'JavaScript heap'],
];

/** `samples`: `{ minutes, rss, heap }` in MiB. */
export function drawCurve(samples) {
  const last = samples.at(-1).minutes;
  const top = Math.ceil(Math.max(...samples.map(({ rss }) => rss)) / 50) * 50;
  const x = (minutes) => LEFT + (minutes / last) * (WIDTH - LEFT - 8);
  const y = (mib) => HEIGHT - BOTTOM - (mib / top) * (HEIGHT - BOTTOM - 16);
  const line = ([key, colour]) => {
    const points = samples.map((one) => `${x(one.minutes).toFixed(1)},${y(one[key]).toFixed(1)}`).join(' ');
    return `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${points}"/>`;
  };
  const label = ([key, colour, name]) =>
    `<text x="${WIDTH - 8}" y="${(y(samples.at(-1)[key]) - 6).toFixed(1)}" text-anchor="end" fill="${colour}">${name}</text>`;
  const marks = [0, top / 2, top].map(
    (mib) => `<text x="${LEFT - 6}" y="${y(mib) + 4}" text-anchor="end">${mib}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
<path d="M${LEFT} ${y(top)}V${y(0)}H${WIDTH - 8}" stroke="#888" fill="none"/>
${marks.join('\n')}
<text x="${LEFT}" y="${HEIGHT - 8}">0 min</text>
<text x="${WIDTH - 8}" y="${HEIGHT - 8}" text-anchor="end">${last.toFixed(0)} min</text>
<text x="${LEFT + 4}" y="12">MiB</text>
${SERIES.map(line).join('\n')}
${SERIES.map(label).join('\n')}
</svg>
`;
}
