// Draws the charts of a run report, each when it comes into sight, in the colours of the page.
(() => {
  'use strict';
  const charts = JSON.parse(document.getElementById('charts').textContent);
  const drawn = new Map();
  const dark = matchMedia('(prefers-color-scheme: dark)');

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const escaped = text => echarts.format.encodeHTML(String(text));
  const count = number => Number(number).toLocaleString('en');

  const short = number => {
    const size = Math.abs(number);
    if (size >= 1e9) return +(number / 1e9).toFixed(1) + ' G';
    if (size >= 1e6) return +(number / 1e6).toFixed(1) + ' M';
    if (size >= 1e4) return +(number / 1e3).toFixed(1) + ' k';
    if (size >= 100 || Number.isInteger(number)) return count(Math.round(number));
    return String(+number.toPrecision(2));
  };

  const look = () => ({
    ink: colour('ink'), soft: colour('soft'), line: colour('line'), panel: colour('panel')
  });

  const base = () => {
    const {ink, soft, line, panel} = look();
    const words = {color: soft, fontSize: 11};
    return {
      animation: false,
      aria: {enabled: false}, // the page says it itself, in better words
      textStyle: {fontFamily: getComputedStyle(document.body).fontFamily},
      tooltip: {
        trigger: 'axis', confine: true, axisPointer: {type: 'shadow'},
        backgroundColor: panel, borderColor: line, textStyle: {color: ink, fontSize: 12}
      },
      words, line
    };
  };

  const axis = (it, more) => ({
    axisLabel: it.words, axisLine: {lineStyle: {color: it.line}}, axisTick: {show: false},
    splitLine: {lineStyle: {color: it.line}}, ...more
  });

  const tip = (head, rows) =>
    escaped(head) + rows.map(row => '<br>' + row.marker + ' ' + escaped(row.seriesName) + ' <b>' + escaped(count(row.value)) + '</b>').join('');

  const names = (it, chart) => axis(it, {
    type: 'category', data: chart.names, inverse: true,
    axisLabel: {...it.words, width: 110, overflow: 'truncate'}, splitLine: {show: false}
  });

  const kinds = {
    stack(chart) {
      const it = base();
      return {...it,
        grid: {left: 8, right: 18, top: 34, bottom: 4, containLabel: true},
        legend: {top: 0, left: 0, type: 'scroll', itemWidth: 12, itemHeight: 8, textStyle: it.words, icon: 'roundRect'},
        tooltip: {...it.tooltip, formatter: rows => tip(rows[0].axisValue, rows.filter(row => row.value > 0))},
        xAxis: axis(it, {type: 'value', minInterval: 1, axisLabel: {...it.words, formatter: short, hideOverlap: true}}),
        yAxis: names(it, chart),
        series: chart.series.map(each => ({
          type: 'bar', stack: 'all', name: each.name, data: each.data, barMaxWidth: 18,
          itemStyle: {color: colour(each.state)}
        }))
      };
    },

    bars(chart) {
      const it = base();
      return {...it,
        grid: {left: 8, right: 52, top: 6, bottom: 4, containLabel: true},
        tooltip: {...it.tooltip, formatter: rows => escaped(rows[0].axisValue) + ' <b>' + escaped(rows[0].value) + ' ' + escaped(chart.unit) + '</b>'},
        xAxis: axis(it, {type: 'value', axisLabel: {...it.words, hideOverlap: true}}),
        yAxis: names(it, chart),
        series: [{
          type: 'bar', data: chart.values, barMaxWidth: 16, itemStyle: {color: colour('pending')},
          label: {show: true, position: 'right', color: it.words.color, fontSize: 11, formatter: row => row.value + ' ' + chart.unit}
        }]
      };
    },

    line(chart) {
      const it = base();
      return {...it,
        grid: {left: 8, right: 18, top: 16, bottom: 4, containLabel: true},
        tooltip: {...it.tooltip, axisPointer: {type: 'line'}, formatter: rows => 'release ' + escaped(rows[0].axisValue) + ': <b>' + escaped(count(rows[0].value)) + '</b>'},
        xAxis: axis(it, {type: 'category', data: chart.names, boundaryGap: false}),
        yAxis: axis(it, {type: 'value', minInterval: 1, axisLabel: {...it.words, formatter: short}}),
        series: [{type: 'line', data: chart.values, symbolSize: 7, itemStyle: {color: colour('published')}, areaStyle: {opacity: .12}}]
      };
    },

    histogram(chart) {
      const it = base();
      const middle = bin => chart.first + (bin + .5) * chart.width;
      const zero = chart.scale === 'MAGNITUDE' ? chart.first : undefined;
      const label = at => {
        if (chart.scale !== 'MAGNITUDE') return short(+at.toPrecision(12));
        return Math.abs(at - zero) < 1e-9 ? '0' : short(Math.pow(10, at));
      };
      const bars = (name, values, shade) => ({
        type: 'bar', stack: 'all', name, barWidth: '92%', itemStyle: {color: shade},
        data: values.map((value, bin) => [middle(bin), value])
      });
      const ends = chart.lines.map(line => line.at);
      const span = chart.end - chart.first;
      const near = ends.filter(at => at >= chart.first - span / 2 && at <= chart.end + span / 2);
      const from = Math.min(chart.first, ...near.map(at => at - span * .02));
      const to = Math.max(chart.end, ...near.map(at => at + span * .02));
      const passed = bars('passed', chart.passed, colour('published'));
      passed.markLine = {
        silent: true, symbol: 'none', animation: false,
        data: chart.lines.filter(line => line.at >= from && line.at <= to).map(line => ({
          xAxis: line.at,
          lineStyle: {color: colour(line.severity === 'fail' ? 'failed' : line.severity), type: 'solid', width: 2},
          label: {formatter: line.label, color: look().ink, fontSize: 11, position: 'end', distance: 3}
        }))
      };
      return {...it,
        grid: {left: 4, right: 14, top: 24, bottom: 2, containLabel: true},
        tooltip: {...it.tooltip, formatter: rows => {
          const bin = rows[0].dataIndex;
          return escaped(chart.ranges[bin]) + rows.map(row => '<br>' + row.marker + ' ' + escaped(row.seriesName) + ' <b>' + escaped(count(row.value[1])) + '</b>').join('');
        }},
        xAxis: axis(it, {
          type: 'value', min: from, max: to, splitLine: {show: false},
          ...(chart.scale === 'MAGNITUDE' ? {interval: 1} : chart.scale === 'WHOLE' ? {minInterval: 1} : {splitNumber: 5}),
          axisLabel: {...it.words, formatter: label, hideOverlap: true, showMinLabel: chart.scale === 'MAGNITUDE', showMaxLabel: false}
        }),
        yAxis: axis(it, {type: 'value', minInterval: 1, splitNumber: 3, axisLabel: {...it.words, formatter: short}}),
        series: [passed, bars('did not', chart.others, colour('failed'))]
      };
    }
  };

  const draw = place => {
    const chart = charts[place.id];
    const known = drawn.get(place);
    const seen = known || echarts.init(place, null, {renderer: 'svg'});
    const {words, line, ...options} = kinds[chart.type](chart);
    seen.setOption(options, true);
    if (!known) {
      drawn.set(place, seen);
      new ResizeObserver(() => seen.resize()).observe(place);
    }
  };

  const places = [...document.querySelectorAll('.chart')];
  const watch = new IntersectionObserver(seen => seen.forEach(each => {
    if (each.isIntersecting) {
      watch.unobserve(each.target);
      draw(each.target);
    }
  }), {rootMargin: '400px'});
  places.forEach(place => watch.observe(place));
  dark.addEventListener('change', () => drawn.forEach((ignored, place) => draw(place)));
  addEventListener('beforeprint', () => places.filter(place => place.offsetParent).forEach(draw));
})();
