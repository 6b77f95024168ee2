// Charts of promotion; the same figures are in the table below each.
(() => {
  'use strict';
  if (!window.echarts) return;
  // the page's colours; the admin and the storefront each have a name for their own
  const colours = () => {
    const style = getComputedStyle(document.body);
    const of = (...names) => names.map((name) => style.getPropertyValue(name).trim()).find(Boolean);
    const line = of('--ls-line');
    // by name: texts are measured before they are drawn, and nothing can be measured in "inherit"
    const { color: ink, fontFamily } = style;
    return {
      ink, line, fontFamily, series: [of('--ls-accent', '--ls-fill', '--ls-brand'), of('--ls-ok'), of('--ls-warn'), of('--ls-bad')],
      axis: { axisLabel: { color: ink }, axisLine: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: line } } },
      tooltip: { backgroundColor: of('--ls-surface', '--ls-card'), borderColor: line, textStyle: { color: ink } },
    };
  };
  // of few labels each is shown, in as many lines as it takes; of days every so many
  const named = (axis, labels, width) => ({ ...axis, splitLine: { show: false }, axisLabel: labels.length > 8 ? axis.axisLabel : { ...axis.axisLabel, interval: 0, width: width / labels.length, overflow: 'break' } });
  const money = (value, unit) => (unit ? new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency: unit, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 0, maximumFractionDigits: 2 }).format(value) : value);
  const start = (element, options) => {
    const chart = echarts.init(element, null, { renderer: 'svg' });
    const draw = () => {
      const page = colours();
      chart.setOption({ color: page.series, textStyle: { color: page.ink, fontFamily: page.fontFamily }, ...options(page) });
    };
    draw();
    new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
    element.dataset.ready = '';
    addEventListener('resize', () => chart.resize());
    return chart;
  };

  // data: { labels: [], series: [{ name, type, values: [], right }], unit }
  for (const element of document.querySelectorAll('[data-series]')) {
    const data = JSON.parse(element.dataset.series);
    start(element, ({ ink, axis, tooltip }) => ({
      tooltip: { trigger: 'axis', ...tooltip },
      legend: { top: 0, textStyle: { color: ink } },
      grid: { left: 8, right: 8, bottom: 8, top: 56, containLabel: true },
      xAxis: { type: 'category', data: data.labels, ...named(axis, data.labels, element.clientWidth * 0.7) },
      yAxis: [
        { type: 'value', minInterval: 1, ...axis },
        { type: 'value', ...axis, axisLabel: { color: ink, formatter: (value) => money(value, data.unit) }, splitLine: { show: false } },
      ],
      series: data.series.map((s) => ({ name: s.name, type: s.type, yAxisIndex: s.right ? 1 : 0, data: s.values })),
    }));
  }

  // data: { nodes: [{ id, name, level, center, address, tip }], edges: [{ source, target }], levels: [names] }
  for (const element of document.querySelectorAll('[data-network]')) {
    const data = JSON.parse(element.dataset.network);
    const chart = start(element, ({ ink, tooltip }) => ({
      tooltip: { ...tooltip, formatter: (item) => (item.dataType === 'node' ? `${echarts.format.encodeHTML(item.data.name)}<br>${echarts.format.encodeHTML(item.data.tip)}` : '') },
      legend: { top: 0, textStyle: { color: ink }, data: data.levels },
      series: [{
        type: 'graph', layout: 'force', roam: true, draggable: true, top: 48, edgeSymbol: ['none', 'arrow'], edgeSymbolSize: 8,
        categories: data.levels.map((name) => ({ name })),
        data: data.nodes.map((n) => ({ ...n, category: n.level, symbolSize: n.center ? 34 : 20 })),
        links: data.edges, label: { show: data.nodes.length <= 60, position: 'bottom', color: ink },
        force: { repulsion: 160, edgeLength: 80 },
      }],
    }));
    chart.on('click', (item) => { if (item.dataType === 'node' && item.data.address) location.assign(item.data.address); });
  }
})();
