'use strict';
// Filters and sorts the table, and shows the first rows: a browser takes a minute to lay out tens of thousands. Filter
// and order are in the fragment of the address, so that it can be passed on.
(() => {
  const body = document.querySelector('tbody');
  const rows = Array.from(body.rows);
  const text = document.getElementById('text');
  const state = document.getElementById('state');
  const shown = document.getElementById('shown');
  const more = document.getElementById('more');
  const headings = Array.from(document.querySelectorAll('th'));
  const total = shown.dataset.total;
  const order = new Intl.Collator('en', { numeric: true });
  // Lower-cased once: a keystroke looks at every row.
  const found = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  let sort = '';
  let sorted = rows;
  let limit = 500;

  const show = (max) => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = sorted.filter((row) => {
      const all = found.get(row);
      return (!state.value || row.dataset.s === state.value) && words.every((word) => all.includes(word));
    });
    const first = document.createDocumentFragment();
    for (const row of matching.slice(0, max)) first.append(row);
    body.replaceChildren(first);
    more.hidden = matching.length <= max;
    const count = `${matching.length.toLocaleString('en')} of ${total} numbers`;
    const cut = `${count} match, the first ${max.toLocaleString('en')} are shown`;
    shown.textContent = more.hidden ? `${count} shown` : cut;
  };

  const arrange = () => {
    const down = sort.startsWith('-');
    const column = headings.findIndex((heading) => heading.dataset.c === sort.replace('-', ''));
    headings.forEach((heading, index) => {
      if (index === column) heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else heading.removeAttribute('aria-sort');
    });
    sorted = rows;
    if (column < 0) return;
    const value = (cell) => cell.dataset.v ?? cell.textContent;
    const values = new Map(rows.map((row) => [row, value(row.cells[column])]));
    // Empty cells come last, either way.
    sorted = rows.slice().sort((one, other) => {
      const [a, b] = [values.get(one), values.get(other)];
      if (a === '' || b === '') return (a === '') - (b === '');
      return down ? order.compare(b, a) : order.compare(a, b);
    });
  };

  const remember = () => {
    const params = new URLSearchParams();
    if (text.value) params.set('q', text.value);
    if (state.value) params.set('state', state.value);
    if (sort) params.set('sort', sort);
    history.replaceState(null, '', `#${params}`);
  };

  const recall = () => {
    const params = new URLSearchParams(location.hash.slice(1));
    text.value = params.get('q') ?? '';
    state.value = params.get('state') ?? '';
    if (state.selectedIndex < 0) state.value = '';
    sort = params.get('sort') ?? '';
    arrange();
    show(limit);
  };

  for (const control of [text, state]) {
    control.addEventListener('input', () => {
      show(limit);
      remember();
    });
  }
  for (const heading of headings) {
    heading.firstElementChild.addEventListener('click', () => {
      const name = heading.dataset.c;
      sort = sort === name ? `-${name}` : name;
      arrange();
      show(limit);
      remember();
    });
  }
  document.getElementById('reset').addEventListener('click', () => {
    history.replaceState(null, '', '#');
    recall();
  });
  more.addEventListener('click', () => {
    limit *= 2;
    show(limit);
  });
  addEventListener('beforeprint', () => show(Infinity));
  addEventListener('afterprint', () => show(limit));
  addEventListener('hashchange', recall);
  document.querySelector('.filter').hidden = false;
  recall();
  document.querySelector('.table').classList.add('ready');
})();
