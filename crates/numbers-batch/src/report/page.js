'use strict';
// Filters and sorts the table. The state of both is in the fragment of the address, so that it can be passed on.
(() => {
  const body = document.querySelector('tbody');
  const rows = Array.from(body.rows);
  const text = document.getElementById('text');
  const state = document.getElementById('state');
  const shown = document.getElementById('shown');
  const headings = Array.from(document.querySelectorAll('th'));
  const total = shown.dataset.total;
  const order = new Intl.Collator('en', { numeric: true });
  // Lower-cased once: a keystroke looks at every row.
  const found = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  let sort = '';
  let arranged = false;

  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const all = found.get(row);
      const here = (!state.value || row.dataset.s === state.value) && words.every((word) => all.includes(word));
      row.hidden = !here;
      count += here ? 1 : 0;
    }
    shown.textContent = `${count.toLocaleString('en')} of ${total} numbers shown`;
  };

  const arrange = () => {
    const down = sort.startsWith('-');
    const column = headings.findIndex((heading) => heading.dataset.c === sort.replace('-', ''));
    const value = (row) => {
      const cell = row.cells[column];
      return cell.dataset.v ?? cell.textContent;
    };
    if (column < 0 && !arranged) return;
    arranged = true;
    const sorted = rows.slice();
    if (column >= 0) {
      // Empty cells come last, either way.
      sorted.sort((one, other) => {
        const [a, b] = [value(one), value(other)];
        if (a === '' || b === '') return (a === '') - (b === '');
        return down ? order.compare(b, a) : order.compare(a, b);
      });
    }
    headings.forEach((heading, index) => {
      if (index === column) heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else heading.removeAttribute('aria-sort');
    });
    for (const row of sorted) body.append(row);
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
    filter();
    arrange();
  };

  for (const control of [text, state]) {
    control.addEventListener('input', () => {
      filter();
      remember();
    });
  }
  for (const heading of headings) {
    heading.firstElementChild.addEventListener('click', () => {
      const name = heading.dataset.c;
      sort = sort === name ? `-${name}` : name;
      arrange();
      remember();
    });
  }
  document.getElementById('reset').addEventListener('click', () => {
    history.replaceState(null, '', '#');
    recall();
  });
  addEventListener('hashchange', recall);
  document.querySelector('.filter').hidden = false;
  recall();
})();
