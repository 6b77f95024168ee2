// Charts of promotion; the same figures are in the table below each.
(() => {
  'use strict';
  if (!window.echarts) return;
  // by name: texts are measured before they are drawn, and nothing can be measured in "inherit"
  const { color: ink, fontFamily } = getComputedStyle(document.body);
  const axis = { axisLabel: { color: ink } };
  // of few labels each is shown, in as many lines as it takes; of days every so many
  const named = (labels, width) => (labels.length > 8 ? axis : { axisLabel: { color: ink, interval: 0, width: width / labels.length, overflow: 'break' } });
  const money = (value, unit) => (unit ? new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency: unit, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 0, maximumFractionDigits: 2 }).format(value) : value);
  const start = (element, options) => {
    const chart = echarts.init(element, null, { renderer: 'svg' });
    chart.setOption({ textStyle: { color: ink, fontFamily }, ...options });
    element.dataset.ready = '';
    addEventListener('resize', () => chart.resize());
    return chart;
  };

  // data: { labels: [], series: [{ name, type, values: [], right }], unit }
  for (const element of document.querySelectorAll('[data-series]')) {
    const data = JSON.parse(element.dataset.series);
    start(element, {
      tooltip: { trigger: 'axis' },
      legend: { top: 0, textStyle: { color: ink } },
      grid: { left: 8, right: 8, bottom: 8, top: 56, containLabel: true },
      xAxis: { type: 'category', data: data.labels, ...named(data.labels, element.clientWidth * 0.7) },
      yAxis: [
        { type: 'value', minInterval: 1, ...axis },
        { type: 'value', axisLabel: { color: ink, formatter: (value) => money(value, data.unit) }, splitLine: { show: false } },
      ],
      series: data.series.map((s) => ({ name: s.name, type: s.type, yAxisIndex: s.right ? 1 : 0, data: s.values })),
    });
  }

  // data: { nodes: [{ id, name, level, center, address, tip }], edges: [{ source, target }], levels: [names] }
  for (const element of document.querySelectorAll('[data-network]')) {
    const data = JSON.parse(element.dataset.network);
    const chart = start(element, {
      tooltip: { formatter: (item) => (item.dataType === 'node' ? `${echarts.format.encodeHTML(item.data.name)}<br>${echarts.format.encodeHTML(item.data.tip)}` : '') },
      legend: { top: 0, textStyle: { color: ink }, data: data.levels },
      series: [{
        type: 'graph', layout: 'force', roam: true, draggable: true, top: 48, edgeSymbol: ['none', 'arrow'], edgeSymbolSize: 8,
        categories: data.levels.map((name) => ({ name })),
        data: data.nodes.map((n) => ({ ...n, category: n.level, symbolSize: n.center ? 34 : 20 })),
        links: data.edges, label: { show: data.nodes.length <= 60, position: 'bottom', color: ink },
        force: { repulsion: 160, edgeLength: 80 },
      }],
    });
    chart.on('click', (item) => { if (item.dataType === 'node' && item.data.address) location.assign(item.data.address); });
  }
})();
