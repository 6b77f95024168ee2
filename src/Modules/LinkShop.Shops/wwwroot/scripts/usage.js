// The chart of the first shops; the same figures are in the table below it.
(() => {
  'use strict';
  const element = document.getElementById('usage-chart');
  if (!element || !window.echarts) return;
  const data = JSON.parse(element.dataset.chart);
  // by name: texts are measured before they are drawn, and nothing can be measured in "inherit"
  const { color: ink, fontFamily } = getComputedStyle(document.body);
  const chart = echarts.init(element, null, { renderer: 'svg' });
  const short = (name) => (name.length > 14 ? `${name.slice(0, 13)}…` : name);
  chart.setOption({
    textStyle: { color: ink, fontFamily },
    tooltip: { trigger: 'item', formatter: ({ dataIndex }) => `${echarts.format.encodeHTML(data.names[dataIndex])}: ${echarts.format.encodeHTML(data.shown[dataIndex])}` },
    grid: { left: 8, right: 72, bottom: 8, top: 8, containLabel: true },
    xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: { type: 'category', inverse: true, data: data.names.map((name, index) => ({ value: `${index}`, name })), axisLabel: { color: ink, formatter: (value) => short(data.names[value]) }, axisTick: { show: false } },
    series: [{ type: 'bar', data: data.values, label: { show: true, position: 'right', color: ink, formatter: ({ dataIndex }) => data.shown[dataIndex] } }],
  });
  element.dataset.ready = '';
  addEventListener('resize', () => chart.resize());
})();
