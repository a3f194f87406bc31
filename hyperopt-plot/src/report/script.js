'use strict';
{
  const $ = (id) => document.getElementById(id);
  const { count, columns } = JSON.parse($('data').textContent);
  const body = $('all').tBodies[0], heads = [...$('all').tHead.rows[0].cells], filter = $('filter');
  const SIZE = 50, NUMBERS = { inf: Infinity, '-inf': -Infinity };
  columns[0].cells = Array.from({ length: count }, (_, number) => number);
  let view = { filter: '', column: 0, down: false, page: 0, ...history.state }, shown = [], lit = null;

  const text = ({ cells, levels }, row) => (levels ? levels[cells[row]] : cells[row]) ?? '';
  const value = ({ cells }, row) => (typeof cells[row] === 'string' ? NUMBERS[cells[row]] : cells[row]) ?? null;
  const words = (row) => (words[row] ??= columns.map((column) => text(column, row)).join('\n').toLowerCase());

  // A term of the filter: a comparison with a column, or a word.
  function test(term) {
    const [, name, sign, wanted] = /^([^<>=!]+)(<=|>=|!=|=|<|>)(.*)$/s.exec(term) ?? [];
    const column = name && columns.find((column) => column.name.toLowerCase() === name);
    if (name && !column) throw name;
    if (!column) return (row) => words(row).includes(term);
    const number = Number(wanted), numeric = column.number && wanted !== '' && !Number.isNaN(number);
    if (!numeric && /[<>]/.test(sign)) throw term;
    return (row) => {
      const found = value(column, row), there = numeric ? found !== null : true;
      const equal = numeric ? found === number : String(text(column, row)).toLowerCase() === wanted;
      switch (sign) {
        case '=': return equal;
        case '!=': return !equal;
        case '<': return there && found < number;
        case '<=': return there && found <= number;
        case '>': return there && found > number;
        default: return there && found >= number;
      }
    };
  }

  function choose() {
    let wrong = '';
    const terms = (view.filter.toLowerCase().match(/(?:"[^"]*"?|[^\s"])+/g) ?? []).map((term) => term.replaceAll('"', ''));
    const tests = terms.flatMap((term) => { try { return [test(term)]; } catch (name) { wrong ||= name; return []; } });
    shown = columns[0].cells.filter((row) => tests.every((holds) => holds(row)));
    const column = columns[view.column], turn = view.down ? -1 : 1;
    const key = (row) => (column.number ? value(column, row) : text(column, row) === '' ? null : column.cells[row]);
    shown.sort((a, b) => {
      const x = key(a), y = key(b);
      return x === y ? a - b : x === null ? 1 : y === null ? -1 : turn * (x < y ? -1 : 1);
    });
    filter.setAttribute('aria-invalid', String(wrong !== ''));
    $('count').textContent = wrong ? `“${wrong}” is no column, or cannot be compared so` : `${shown.length} of ${count} trials`;
    heads.forEach((head, index) => head.setAttribute('aria-sort', index !== view.column ? 'none' : view.down ? 'descending' : 'ascending'));
    draw();
  }

  function draw() {
    const pages = Math.max(1, Math.ceil(shown.length / SIZE)), from = (view.page = Math.min(view.page, pages - 1)) * SIZE;
    body.replaceChildren(...shown.slice(from, from + SIZE).map((row) => {
      const line = document.createElement('tr');
      line.id = `trial-${row}`;
      line.tabIndex = -1;
      line.classList.toggle('lit', row === lit);
      columns.forEach((column, index) => {
        const cell = line.insertCell(), shown = String(text(column, row));
        if (column.number) cell.className = 'number';
        else if (shown.length > 40) cell.title = shown;
        if (index) return void (cell.textContent = shown);
        cell.append(Object.assign(document.createElement('a'), { href: `#trial-${row}`, textContent: shown }));
      });
      return line;
    }));
    $('page').textContent = `page ${view.page + 1} of ${pages}`;
    $('first').disabled = $('back').disabled = view.page === 0;
    $('next').disabled = $('last').disabled = view.page === pages - 1;
    keep();
  }

  // What a reload finds again.
  const keep = () => history.replaceState({ ...view, top: scrollY, focus: document.activeElement?.id, open: [...document.querySelectorAll('details')].map((all) => all.open) }, '');

  function go(number) {
    if (!(number < count)) return;
    if (!shown.includes(number)) { filter.value = view.filter = ''; choose(); }
    mark(lit = number);
    view.page = Math.floor(shown.indexOf(number) / SIZE);
    draw();
    const line = $(`trial-${number}`);
    line.scrollIntoView({ block: 'center' });
    line.focus({ preventScroll: true });
  }

  const marks = (number) => document.querySelectorAll(`[data-trial="${number}"]`);
  const mark = (number) => {
    document.querySelectorAll('[data-trial].lit').forEach((other) => other.classList.remove('lit'));
    marks(number).forEach((other) => other.classList.add('lit'));
  };
  const number = (target) => {
    const found = target.closest?.('[data-trial], a[href^="#trial-"]');
    return found && Number(found.dataset.trial ?? found.getAttribute('href').slice(7));
  };

  document.addEventListener('click', async (event) => {
    const { target } = event, head = target.closest('[data-column]'), copy = target.closest('[data-copy]'), found = number(target);
    if (head) {
      const column = Number(head.dataset.column);
      view = { ...view, down: column === view.column && !view.down, column, page: 0 };
      choose();
    } else if (copy) {
      const pre = copy.parentElement.querySelector('pre');
      try { await navigator.clipboard.writeText(pre.textContent); } catch {
        getSelection().selectAllChildren(pre);
        document.execCommand('copy');
      }
      copy.textContent = 'Copied';
      setTimeout(() => (copy.textContent = 'Copy'), 1500);
    } else if (found !== null && found !== undefined) {
      event.preventDefault();
      history.pushState(view, '', `#trial-${found}`);
      go(found);
    }
  });
  document.addEventListener('pointerover', ({ target, pageX, pageY }) => {
    const over = target.closest?.('[data-trial]'), tip = $('tip');
    tip.hidden = !over;
    if (!over) return lit === null ? mark(-1) : mark(lit);
    const row = number(over);
    target.querySelector('title')?.remove();
    mark(row);
    tip.textContent = columns.filter((column) => text(column, row) !== '').map((column) => `${column.name}: ${text(column, row)}`).join('\n');
    tip.style.left = `${Math.max(8, Math.min(pageX + 14, scrollX + innerWidth - tip.offsetWidth - 12))}px`;
    tip.style.top = `${pageY + 14 + tip.offsetHeight > scrollY + innerHeight ? pageY - tip.offsetHeight - 10 : pageY + 14}px`;
  });
  filter.addEventListener('input', () => { view = { ...view, filter: filter.value, page: 0 }; choose(); });
  for (const [id, page] of Object.entries({ first: () => 0, back: () => view.page - 1, next: () => view.page + 1, last: () => Infinity })) {
    $(id).addEventListener('click', () => { view.page = page(); draw(); });
  }
  const follow = () => { const [, found] = /^#trial-(\d+)$/.exec(location.hash) ?? []; if (found) go(Number(found)); };
  addEventListener('popstate', follow);
  addEventListener('pagehide', keep);

  document.documentElement.classList.add('script');
  filter.value = view.filter;
  const { top, focus, open } = view;
  document.querySelectorAll('details').forEach((all, index) => { if (open?.[index]) all.open = true; });
  choose();
  if (top === undefined) follow();
  else {
    const [, found] = /^#trial-(\d+)$/.exec(location.hash) ?? [];
    if (found) { mark(lit = Number(found)); draw(); }
    if (focus) $(focus)?.focus({ preventScroll: true });
    scrollTo(0, top);
  }
  const { reload } = document.documentElement.dataset;
  // Not under the hands of somebody who selects a text.
  if (reload) setInterval(() => { if (String(getSelection()) === '') { keep(); location.reload(); } }, Number(reload));
}
