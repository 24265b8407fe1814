// A Plotly figure that is changed in place: see plots.py. `data` is two lines of JSON: what is said
// beside the figure, which changes with every click, and the figure, which does not. Without a
// figure the library is fetched, for those that come.

const AREAS = 'choroplethmap', BORDER = 2.5, MAP_BORDER = 3; // pixels
const CLEAR = [[0, 'rgba(0,0,0,0)'], [1, 'rgba(0,0,0,0)']];

const library = source => window.lk3Plotly ??= new Promise((resolve, reject) => {
  const script = document.createElement('script');
  script.onload = () => resolve(window.Plotly);
  script.onerror = () => { script.remove(); window.lk3Plotly = null; reject(source); };
  script.src = new URL(source, document.baseURI);
  document.head.append(script);
});

// One area made to stand out, by its code: its name, its bar, its border on the map. A figure
// without it stays as it is.

function bold(axis, code) {
  if (!axis?.tickvals?.includes(code)) return axis;
  const name = (text, n) => axis.tickvals[n] === code ? `<b>${text}</b>` : text;
  return {...axis, ticktext: axis.ticktext.map(name)};
}

function framed(trace, code, color) {
  if (trace.type !== 'bar' || !trace.customdata?.includes(code)) return trace;
  const width = trace.customdata.map(each => each === code ? BORDER : 0);
  return {...trace, marker: {...trace.marker, line: {color, width}}};
}

function outline(traces, code, color) {
  const features = traces.flatMap(trace => trace.geojson?.features ?? []);
  const found = features.find(feature => feature.id === code);
  return found ? [{
    type: AREAS, geojson: {type: 'FeatureCollection', features: [found]}, locations: [code], z: [0],
    colorscale: CLEAR, showscale: false, marker: {line: {color, width: MAP_BORDER}},
    hoverinfo: 'skip', showlegend: false,
  }] : [];
}

function marked({data, layout}, code, color) {
  if (!code) return {data, layout};
  const above = data.map(trace => trace.type).lastIndexOf(AREAS) + 1; // and below the names
  return {
    data: [
      ...data.slice(0, above), ...outline(data, code, color), ...data.slice(above),
    ].map(trace => framed(trace, code, color)),
    layout: {...layout, xaxis: bold(layout.xaxis, code), yaxis: bold(layout.yaxis, code)},
  };
}

function code(point) {
  const said = point.location ?? point.customdata;
  return said && typeof said === 'object' ? Object.values(said)[0] : said;
}

function zoom({width, height, meta}) {  // as `View.zoom` in lk3/figures/geography.py
  const [across, up, beside] = meta.fits;
  return Math.log2(Math.min(width / across, (height - beside) / up) * 360 / 512);
}

function fit(place) {  // a hidden place has no size: it is drawn when it can be seen
  const {clientWidth: width, clientHeight: height} = place.parentElement;
  const {data, layout: wanted} = marked(place.figure, place.marks, place.said.ink);
  const layout = {...wanted, width};
  if (place.said.fills) layout.height = height;
  if (layout.meta?.fits) layout.map = {...layout.map, zoom: zoom(layout)};
  return {data, layout, config: {...place.said.config, responsive: false}};
}

async function draw(place, Plotly) {
  const frame = place.parentElement;
  if (!place.figure || !frame) return;
  const figure = fit(place), {width, height} = figure.layout;
  const drawn = [place.figure, place.marks, width, height];
  if (frame.clientWidth && drawn.some((part, n) => part !== place.drawn?.[n])) {
    place.drawn = drawn;
    await Plotly.react(place, figure);
    if (!place.listens) {
      place.listens = true;
      place.on('plotly_click', event => place.chosen(code(event.points[0])));
    }
  }
  frame.removeAttribute('aria-busy');
}

// One after the other: a map takes a while, and the next figure may come before it is done.
const drawInTurn = (place, Plotly) => {
  const before = place.turn ?? Promise.resolve();
  place.turn = before.then(() => draw(place, Plotly)).catch(console.error);
};

// Nobody has to wait for the server to see what was clicked: it will say the same, or better. Maps
// come last: they take longest.
function markAll(code) {
  const isMap = place => Boolean(place.figure.layout.map);
  [...document.querySelectorAll('.gambar')]
    .filter(place => place.figure && place.said.marks !== null)
    .sort((one, other) => isMap(one) - isMap(other))
    .forEach(place => {
      place.marks = code;
      drawInTurn(place, window.Plotly);
    });
}

export default function ({data, parentElement, setTriggerValue}) {
  const [said, figure] = data.split('\n');
  if (!figure) return void library(JSON.parse(said).source).catch(() => {});
  const place = parentElement.querySelector('.gambar');
  place.said = JSON.parse(said);
  if (figure !== place.written) [place.written, place.figure] = [figure, JSON.parse(figure)];
  place.marks = place.said.marks;
  const {alt, failure, fills, selects, source} = place.said;
  place.parentElement.setAttribute('aria-label', alt);
  place.parentElement.setAttribute('aria-busy', 'true');
  place.style.minHeight = fills ? 0 : place.figure.layout.height + 'px';
  place.chosen = code => {
    if (!selects || !code) return;
    setTriggerValue('chosen', String(code));
    setTimeout(markAll, 0, String(code)); // what was clicked is on its way first
  };
  library(source).then(Plotly => {
    if (!place.figure) return;
    drawInTurn(place, Plotly);
    place.watch ??= new ResizeObserver(() => drawInTurn(place, Plotly));
    place.watch.observe(place.parentElement);
  }).catch(() => {
    place.textContent = failure;
    place.parentElement.removeAttribute('aria-busy');
  });
  return () => {
    place.watch?.disconnect();
    place.figure = place.written = null;
    window.Plotly?.purge(place);
  };
}
