// The chart of the first shops; the same figures are in the table below it.
(() => {
  'use strict';
  const element = document.getElementById('usage-chart');
  if (!element || !window.echarts) return;
  const data = JSON.parse(element.dataset.chart);
  const chart = echarts.init(element, null, { renderer: 'svg' });
  const short = (name) => (name.length > 14 ? `${name.slice(0, 13)}…` : name);
  // the page's colours, which change with light and dark
  const draw = () => {
    const style = getComputedStyle(document.body);
    // by name: texts are measured before they are drawn, and nothing can be measured in "inherit"
    const { color: ink, fontFamily } = style;
    const [line, surface, accent] = ['--ls-line', '--ls-surface', '--ls-accent'].map((name) => style.getPropertyValue(name).trim());
    chart.setOption({
      color: [accent],
      textStyle: { color: ink, fontFamily },
      tooltip: { trigger: 'item', backgroundColor: surface, borderColor: line, textStyle: { color: ink }, formatter: ({ dataIndex }) => `${echarts.format.encodeHTML(data.names[dataIndex])}: ${echarts.format.encodeHTML(data.shown[dataIndex])}` },
      grid: { left: 8, right: 72, bottom: 8, top: 8, containLabel: true },
      xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: { type: 'category', inverse: true, data: data.names.map((name, index) => ({ value: `${index}`, name })), axisLabel: { color: ink, formatter: (value) => short(data.names[value]) }, axisTick: { show: false }, axisLine: { lineStyle: { color: line } } },
      series: [{ type: 'bar', data: data.values, label: { show: true, position: 'right', color: ink, formatter: ({ dataIndex }) => data.shown[dataIndex] } }],
    });
  };
  draw();
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
  element.dataset.ready = '';
  addEventListener('resize', () => chart.resize());
})();
