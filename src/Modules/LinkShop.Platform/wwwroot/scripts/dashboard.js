// The sales chart; the same figures are in the table below it.
(() => {
  'use strict';
  const element = document.getElementById('sales-chart');
  if (!element || !window.echarts) return;
  const data = JSON.parse(element.dataset.chart);
  const money = new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency: data.currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 0, maximumFractionDigits: 2 });
  // by name: texts are measured before they are drawn, and nothing can be measured in "inherit"
  const { color: ink, fontFamily } = getComputedStyle(document.body);
  const chart = echarts.init(element, null, { renderer: 'svg' });
  chart.setOption({
    textStyle: { color: ink, fontFamily },
    tooltip: { trigger: 'axis' },
    legend: { top: 0, textStyle: { color: ink } },
    grid: { left: 8, right: 8, bottom: 8, top: 40, containLabel: true },
    xAxis: { type: 'category', data: data.days, axisLabel: { color: ink } },
    yAxis: [
      { type: 'value', minInterval: 1, axisLabel: { color: ink } },
      { type: 'value', axisLabel: { color: ink, formatter: (value) => money.format(value) }, splitLine: { show: false } },
    ],
    series: [
      { name: element.dataset.orders, type: 'bar', data: data.orders },
      { name: element.dataset.paid, type: 'bar', data: data.paid },
      { name: element.dataset.revenue, type: 'line', yAxisIndex: 1, data: data.revenue },
    ],
  });
  element.dataset.ready = '';
  addEventListener('resize', () => chart.resize());
})();
