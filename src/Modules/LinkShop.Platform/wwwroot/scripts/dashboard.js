// The sales chart; the same figures are in the table below it.
(() => {
  'use strict';
  const element = document.getElementById('sales-chart');
  if (!element || !window.echarts) return;
  const data = JSON.parse(element.dataset.chart);
  const money = new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency: data.currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 0, maximumFractionDigits: 2 });
  const chart = echarts.init(element, null, { renderer: 'svg' });
  // the page's colours, which change with light and dark
  const draw = () => {
    const style = getComputedStyle(document.body);
    // by name: texts are measured before they are drawn, and nothing can be measured in "inherit"
    const { color: ink, fontFamily } = style;
    const [line, surface, orders, paid, revenue] = ['--ls-line', '--ls-surface', '--ls-accent', '--ls-ok', '--ls-warn'].map((name) => style.getPropertyValue(name).trim());
    const axis = { axisLabel: { color: ink }, axisLine: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: line } } };
    chart.setOption({
      color: [orders, paid, revenue],
      textStyle: { color: ink, fontFamily },
      tooltip: { trigger: 'axis', backgroundColor: surface, borderColor: line, textStyle: { color: ink } },
      legend: { top: 0, textStyle: { color: ink } },
      grid: { left: 8, right: 8, bottom: 8, top: 40, containLabel: true },
      xAxis: { type: 'category', data: data.days, ...axis, splitLine: { show: false } },
      yAxis: [
        { type: 'value', minInterval: 1, ...axis },
        { type: 'value', ...axis, axisLabel: { color: ink, formatter: (value) => money.format(value) }, splitLine: { show: false } },
      ],
      series: [
        { name: element.dataset.orders, type: 'bar', data: data.orders },
        { name: element.dataset.paid, type: 'bar', data: data.paid },
        { name: element.dataset.revenue, type: 'line', yAxisIndex: 1, data: data.revenue },
      ],
    });
  };
  draw();
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
  element.dataset.ready = '';
  addEventListener('resize', () => chart.resize());
})();
