package job_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// violation is a text appended to the minimal job, from line 5 on, and what is
// said about it, without the name of the file.
type violation struct{ text, want string }

// requireViolations checks that each text is refused with exactly its message.
func requireViolations(t *testing.T, cases []violation) {
	t.Helper()
	for _, c := range cases {
		want := "f.yaml:" + strings.ReplaceAll(c.want, "\n", "\nf.yaml:")
		require.Equal(t, want, refused(t, minimal+c.text), c.text)
	}
}

func TestEveryViolationAtOnce(t *testing.T) {
	text := `name: online retail
timezone: london
as_of: 2011-02-30
sources:
  - path: a.csv
    colums:
      customer: c
rfm:
  bins: five
  refit: nightly
clv:
  model: bgnb
output:
  formats: [cvs]
`
	require.Equal(t, strings.TrimSpace(`
f.yaml:1:7: name: "online retail" is not fit for a folder; want letters, digits, . _ and -, not beginning with a dot; write name: online-retail
f.yaml:2:11: timezone: unknown time zone "london"; did you mean "Europe/London"?
f.yaml:3:8: as_of: there is no day 2011-02-30 in the calendar; want a date such as 2011-12-10, latest or today
f.yaml:5:5: sources.0.columns.customer: missing; give the column, or SQL expression, that tells whose transaction it is
f.yaml:5:5: sources.0.columns.time: missing; give the column, or SQL expression, that tells when it was
f.yaml:5:5: sources.0.columns.amount: missing; give the column, or SQL expression, with the money of the row
f.yaml:6:5: sources.0: unknown key "colums"; did you mean "columns"?
f.yaml:9:9: rfm.bins: "five" is not a whole number
f.yaml:10:10: rfm.refit: unknown refit rule "nightly"; want never, monthly or always
f.yaml:12:10: clv.model: unknown model "bgnb"; did you mean "bg-nbd"?
f.yaml:14:13: output.formats.0: unknown format "cvs"; did you mean "csv"?
--set output.dri=x: output: unknown key "dri"; did you mean "dir"?
`), refused(t, text, "output.dri=x"))
}

func TestViolationsCanBeTakenApart(t *testing.T) {
	_, err := job.Parse("f.yaml", []byte(minimal+"clv: {model: bgnb}\n"), nil, noon)
	var all job.Errors
	require.ErrorAs(t, err, &all)
	require.Equal(t, job.Errors{{
		At:      job.Position{File: "f.yaml", Line: 5, Column: 14},
		Key:     "clv.model",
		Message: `unknown model "bgnb"; did you mean "bg-nbd"?`,
	}}, all)
}

func TestTopLevelViolations(t *testing.T) {
	const keys = "the keys here are name, timezone, as_of, currency, rates, sources, identity, hierarchy, consent, rfm, clv, stages, tiers, guard, pyramid, referral, quality, activation, output, feeds, engine, cache"
	requireViolations(t, []violation{
		{"rfn: {}\n", `5:1: unknown key "rfn"; did you mean "rfm"?`},
		{"asof: latest\n", `5:1: unknown key "asof"; did you mean "as_of"?`},
		{"schedule: nightly\n", `5:1: unknown key "schedule"; ` + keys},
		{"as_of: 12/10/2011\n", `5:8: as_of: "12/10/2011" is not a day; want a date such as 2011-12-10, latest or today`},
		{"as_of: 2011-1-2\n", `5:8: as_of: "2011-1-2" is not a day; want a date such as 2011-12-10, latest or today`},
		{"as_of: newest\n", `5:8: as_of: "newest" is not a day; want a date such as 2011-12-10, latest or today`},
		{"as_of: lastest\n", `5:8: as_of: "lastest" is not a day; did you mean "latest"?`},
		{"as_of: [latest]\n", `5:8: as_of: a list is not a date such as 2011-12-10, latest or today`},
		{"as_of: 2011-13-01\n", `5:8: as_of: there is no day 2011-13-01 in the calendar; want a date such as 2011-12-10, latest or today`},
		{"timezone: Local\n", `5:11: timezone: unknown time zone "Local"; want a name of the time zone database such as Europe/London, or UTC`},
		{"timezone: Europe/Londn\n", `5:11: timezone: unknown time zone "Europe/Londn"; did you mean "Europe/London"?`},
		{"timezone: new york\n", `5:11: timezone: unknown time zone "new york"; did you mean "America/New_York"?`},
		{"timezone: ../../etc\n", `5:11: timezone: unknown time zone "../../etc"; want a name of the time zone database such as Europe/London, or UTC`},
		{"timezone: ''\n", `5:11: timezone: is empty; give a value or remove the key`},
		{"currency: gbp\n", `5:11: currency: "gbp" is not a currency code; did you mean "GBP"?`},
		{"currency: £\n", `5:11: currency: "£" is not a currency code; want three capital letters such as GBP`},
		{"engine: duckdbb\n", `5:9: engine: unknown engine "duckdbb"; did you mean "duckdb"?`},
		{"engine: {spark: sc://host}\n", `5:9: engine.stage: missing; give the folder that the cluster writes to and this machine reads from`},
		{"engine: {spark: http://host, stage: /mnt}\n", `5:17: engine.spark: a Spark Connect URL begins with sc://, such as sc://host:15002, and this one with http://`},
		{"engine: {spark: sc://host/;use_ssl=true;token=abc, stage: /mnt}\n", `5:17: engine.spark: has a token, which a job file must not; remove it, and set the environment's CLIENTELE_SPARK_TOKEN`},
		{"engine: {spark: sc://host/;foo=secret, stage: /mnt}\n", `5:17: engine.spark: unknown parameter "foo"; want use_ssl or user_id, as in sc://host:15002/;use_ssl=true`},
		{"engine: {spark: 'sc://u:secret@host', stage: /mnt}\n", `5:17: engine.spark: a Spark Connect URL names no user and no password before its host; want sc://host:15002/;user_id=NAME, and the token in the environment`},
		{"engine: sc://u:secret@host\n", `5:9: engine: is a URL by itself; want duckdb, or a cluster as {spark: sc://host:15002, stage: /mnt/stage}`},
		{"engine: spark\n", `5:9: engine: unknown engine "spark"; want duckdb, or a cluster as {spark: sc://host:15002, stage: /mnt/stage}`},
		{"engine: [spark]\n", `5:9: engine: a list is not duckdb, or a cluster as {spark: sc://host:15002, stage: /mnt/stage}`},
		{"engine: {spark: sc://host, stage: 'file://host/x'}\n", `5:35: engine.stage: "file://host/x" names the machine "host"; want a folder that the cluster and this machine share, with three slashes: file:///x`},
		{"engine: {spark: sc://host, stage: 'file:stage'}\n", `5:35: engine.stage: "file:stage" is no whole path, and the cluster does not know this program's working folder; want one such as /mnt/stage`},
		{"engine: {spark: sc://host, stage: /mnt, stag: 1}\n", `5:41: engine: unknown key "stag"; did you mean "stage"?`},
		{"engine: {spark: '', stage: /mnt}\n", `5:17: engine.spark: is empty; give a value or remove the key`},
		{"engine: {spark: sc://host, stage: s3a://bucket/stage}\n", `5:35: engine.stage: "s3a://bucket/stage" is not read back in this version; want a folder that the cluster and this machine share, such as /mnt/stage, which may be a bucket that is mounted`},
		{"engine: {spark: sc://host, stage: stage}\n", `5:35: engine.stage: "stage" is no whole path, and the cluster does not know this program's working folder; want one such as /mnt/stage`},
		{"engine: {spark: sc://host, stage: 'file:///mnt/*'}\n", `5:35: engine.stage: "file:///mnt/*" holds one of *?[]{}\, in which the cluster sees a pattern; choose another folder`},
		{"output: {dir: '', language: de}\n", "5:15: output.dir: is empty; give a value or remove the key\n" +
			`5:29: output.language: unknown language "de"; want en or zh`},
		{"output: {formats: []}\n", `5:19: output.formats: the list is empty; want a list of parquet or csv`},
		{"output: {formats: [csv, csv, {a: b}]}\n", "5:25: output.formats.1: csv is listed twice; keep one\n" +
			`5:30: output.formats.2: a mapping is not a format; want parquet or csv`},
		{"output: {keep: 1 night}\n", `5:16: output.keep: 1 night is out of range; want 2 to 36525 nights, or all`},
		{"output: {keep: 400}\n", `5:16: output.keep: "400" is no number of nights; want a number such as 400 nights, or all`},
		{"output: {keep: 13 months}\n", `5:16: output.keep: "13 months" is no number of nights; want a number such as 400 nights, or all`},
		{"output: {formats: xlsx}\n", `5:19: output.formats: "xlsx" is not a list of parquet or csv`},
	})
}

func TestNames(t *testing.T) {
	rest := strings.TrimPrefix(minimal, "name: shop\n")
	for _, name := range []string{"a", "online-retail", "shop_2.1", "2024", "off", "零售", "Ünïon"} {
		require.Equal(t, name, parse(t, "name: "+name+"\n"+rest).Name)
	}
	const want = " is not fit for a folder; want letters, digits, . _ and -, not beginning with a dot"
	for _, name := range []string{".hidden", "..", "a/b", `a\b`, "a b", "a:b", "a*"} {
		require.Contains(t, refused(t, "name: '"+name+"'\n"+rest), want)
	}
	long := strings.Repeat("n", 101)
	require.Equal(t, `f.yaml:1:7: name: "`+long[:60]+`..." is too long for a folder; want at most 100 bytes`,
		refused(t, "name: "+long+"\n"+rest))
}

const joinOn = `the column that both have (customer_id), "ours = theirs" where they call it differently, a list of these, or {left: ours, right: theirs}`

func TestSourceViolations(t *testing.T) {
	const columns = "    columns: {customer: c, time: t, amount: a}\n"
	for _, c := range []struct{ sources, want string }{
		{"", "f.yaml:1:1: sources: missing; give a list of exports, each with path and columns"},
		{"sources: []\n", "f.yaml:2:10: sources: the list is empty; want a list of exports, each with path and columns"},
		{"sources: a.csv\n", `f.yaml:2:10: sources: "a.csv" is not a list of exports, each with path and columns`},
		{"sources: [a.csv]\n", `f.yaml:2:11: sources.0: "a.csv" is not a mapping with path and columns`},
		{"sources:\n  - path:\n" + columns, "f.yaml:3:5: sources.0.path: missing; give the file, glob or directory of the export"},
		{"sources:\n  - path: ''\n" + columns, "f.yaml:3:11: sources.0.path: is empty; give a value or remove the key"},
		{
			"sources:\n  - path: https://example.org/a.csv\n" + columns,
			"f.yaml:3:11: sources.0.path: https:// is not read in this version; download the export first and give the path of the file",
		},
		{
			"sources:\n  - path: s3://bucket/a.csv\n" + columns,
			"f.yaml:3:11: sources.0.path: s3:// is not read in this version; download the export first and give the path of the file",
		},
		{"sources:\n  - path: a\n    format: cvs\n" + columns, `f.yaml:4:13: sources.0.format: unknown format "cvs"; did you mean "csv"?`},
		{"sources:\n  - path: a\n    filter: x\n" + columns, `f.yaml:4:5: sources.0: unknown key "filter"; the keys here are name, table, path, format, timezone, records, sheet, columns, join, where, returns, encoding, fill_down, malformed, duplicates, numbers, dates, amount_is, exclude_products`},
		{"sources:\n  - path: a\n    join: x.csv\n" + columns, `f.yaml:4:11: sources.0.join: "x.csv" is not a list of files to join, each with path and on`},
		{"sources:\n  - path: a\n    join: [{path: x.csv}]\n" + columns, `f.yaml:4:12: sources.0.join.0.on: missing; give ` + joinOn},
		{"sources:\n  - path: a\n    join: [{path: x.csv, on: a = b = c}]\n" + columns, `f.yaml:4:30: sources.0.join.0.on: "a = b = c" is not ` + joinOn},
		{
			"sources:\n  - path: a\n    join: [{path: x.csv, on: [a, ]}, {path: b/x.csv.gz, on: {left: a}}]\n" + columns,
			"f.yaml:4:38: sources.0.join.1.as: two joined files are called \"x\" (the other is sources.0.join.0); give this one another name with as\n" +
				"f.yaml:4:61: sources.0.join.1.on.right: missing; give the column, or SQL expression, of the joined file",
		},
		{"sources:\n  - path: a\n    encoding: gb2321\n" + columns, `f.yaml:4:15: sources.0.encoding: unknown encoding "gb2321"; did you mean "gb2312"?`},
		{"sources:\n  - path: a\n    encoding: klingon\n" + columns, `f.yaml:4:15: sources.0.encoding: unknown encoding "klingon"; auto finds it, or name it: utf-8, utf-16, gb18030, big5, shift-jis, windows-1252, latin-1, ...`},
		{"sources:\n  - path: a\n    encoding: [gbk]\n" + columns, `f.yaml:4:15: sources.0.encoding: a list is not the name of an encoding, such as utf-8, or auto`},
		{"sources:\n  - path: a\n    fill_down: [Status]\n" + columns, `f.yaml:4:16: sources.0.fill_down: a line is filled from the line above it of the same order; map columns.order, the column that tells which lines make one`},
		{
			"sources:\n  - path: a\n    fill_down: [A, '', [x], A]\n    columns: {customer: c, time: t, amount: a, order: o}\n",
			"f.yaml:4:20: sources.0.fill_down.1: is empty; give a column or remove it\n" +
				"f.yaml:4:24: sources.0.fill_down.2: a list is not a column; want a list of columns of the export, such as [Status, Date]\n" +
				"f.yaml:4:29: sources.0.fill_down.3: \"A\" is listed twice; keep one",
		},
		{"sources:\n  - path: a\n    timezone: Paris\n" + columns, `f.yaml:4:15: sources.0.timezone: unknown time zone "Paris"; did you mean "Europe/Paris"?`},
		{
			"sources:\n  - path: a\n    amount_is: order\n    exclude_products: [POST]\n" + columns,
			"f.yaml:4:16: sources.0.amount_is: an order's total counts once for each order; map columns.order, the column that tells which lines make one\n" +
				"f.yaml:5:23: sources.0.exclude_products: nothing says which product a line is about; map columns.product",
		},
		{
			"sources:\n  - path: a\n    columns: {customer: c, time: t, amount: a, refund_time: r}\n",
			"f.yaml:4:61: sources.0.columns.refund_time: says when money was given back, and nothing says how much; map refund beside it",
		},
		{
			"sources:\n  - path: a\n    amount_is: order\n    columns: {customer: c, time: t, amount: a, order: o, list_price: l}\n",
			"f.yaml:4:16: sources.0.amount_is: a list price is of a line, and this amount of the whole order; map as columns.amount what each line was paid, or leave columns.list_price out",
		},
		{"sources:\n  - path: a\n    amount_is: total\n" + columns, `f.yaml:4:16: sources.0.amount_is: unknown rule "total"; want line or order`},
		{
			"sources:\n  - path: a\n    exclude_products: [A, '', [x], A]\n    columns: {customer: c, time: t, amount: a, product: p}\n",
			"f.yaml:4:27: sources.0.exclude_products.1: is empty; give a product or remove it\n" +
				"f.yaml:4:31: sources.0.exclude_products.2: a list is not a product; want a list of products or patterns of them\n" +
				"f.yaml:4:36: sources.0.exclude_products.3: \"A\" is listed twice; keep one",
		},
		{"sources:\n  - path: a\n    exclude_products: POST\n    columns: {customer: c, time: t, amount: a, product: p}\n", `f.yaml:4:23: sources.0.exclude_products: "POST" is not a list of products or patterns of them`},
		{"sources:\n  - path: a\n    where: [x]\n" + columns, `f.yaml:4:12: sources.0.where: a list is not text; if it is meant as text, put quotes around it: where: '[x]'`},
		{
			"sources:\n  - path: a\n    columns:\n      customer: c\n      date: t\n",
			"f.yaml:4:5: sources.0.columns.time: missing; give the column, or SQL expression, that tells when it was\n" +
				"f.yaml:4:5: sources.0.columns.amount: missing; give the column, or SQL expression, with the money of the row\n" +
				`f.yaml:6:7: sources.0.columns: unknown key "date"; the keys here are customer, order, time, amount, product, ` +
				"category, quantity, channel, region, cost, list_price, currency, referrer, parent, consent, provenance, original_order, refund, refund_time, keys, attributes",
		},
		{
			"sources:\n  - path: a\n    columns: {customer: c, time: t, amount: a, attributes: {Brand: b, rank: r, ok: , region: x, cost: y}}\n",
			"f.yaml:4:61: sources.0.columns.attributes: \"Brand\" is not a name for an attribute; " +
				"want small letters, digits and _, beginning with a letter\n" +
				"f.yaml:4:71: sources.0.columns.attributes: \"rank\" is a column of every publication; choose another name\n" +
				"f.yaml:4:80: sources.0.columns.attributes.ok: missing; give the column, or SQL expression, of the attribute\n" +
				"f.yaml:4:86: sources.0.columns.attributes: \"region\" is a column of every publication; choose another name\n" +
				"f.yaml:4:97: sources.0.columns.attributes: \"cost\" is a column that every source may map; " +
				"map it beside attributes, or choose another name",
		},
	} {
		got := refused(t, "name: shop\n"+c.sources)
		require.Equal(t, c.want, got)
	}
}

func TestScoreViolations(t *testing.T) {
	requireViolations(t, []violation{
		{"rfm: yes\n", `5:6: rfm: "yes" is not a mapping (or off)`},
		{"rfm: {bins: 5.5}\n", `5:13: rfm.bins: "5.5" is not a whole number`},
		{"rfm: {bins: [5]}\n", `5:13: rfm.bins: a list is not a whole number`},
		{"rfm: {bins: 10}\n", `5:13: rfm.bins: 10 is out of range; want at least 2 and at most 9`},
		{"rfm: {bins: 99999999999999999999}\n", `5:13: rfm.bins: 99999999999999999999 is out of range; want at least 2 and at most 9`},
		{"rfm: {bins: 4}\n", `5:13: rfm.bins: the segments of rf-grid are drawn on 5 bins, not 4; remove bins, or give segments: cn8 or a list of your own`},
		{"rfm: {method: quantiles}\n", `5:15: rfm.method: unknown method "quantiles"; did you mean "quantile"?`},
		{"rfm: {window: 12}\n", `5:15: rfm.window: "12" is not a length of time; want a length such as 12 months or all`},
		{"rfm: {window: 12 mnths}\n", `5:15: rfm.window: "12 mnths" is not a length of time: unknown unit "mnths"; did you mean "months"?`},
		{"rfm: {window: 3 moons}\n", `5:15: rfm.window: "3 moons" is not a length of time: unknown unit "moons"; want days, weeks, months or years`},
		{"rfm: {window: 0 days}\n", `5:15: rfm.window: "0 days" is no time at all; want at least 1 day or all`},
		{"rfm: {window: 101 years}\n", `5:15: rfm.window: "101 years" is too long; want at most 100 years`},
		{"rfm: {window: 99999999999999999999 days}\n", `5:15: rfm.window: "99999999999999999999 days" is too long; want at most 100 years`},
		{"rfm: {window: forever}\n", `5:15: rfm.window: "forever" is not a length of time; want a length such as 12 months or all`},
		{"clv: {model: bg-nd}\n", `5:14: clv.model: unknown model "bg-nd"; did you mean "bg-nbd"?`},
		{"clv: {model: sbg}\n", `5:14: clv.model: sbg is a model of contracts, which purchases do not show; fit it to a table of renewals with clientele clv fit, or use auto`},
		{"clv: {model: bg-bb}\n", `5:14: clv.model: bg-bb counts occasions to buy, one a day, so it needs unit: day, not week`},
		{"clv: {choose: daily}\n", `5:15: clv.choose: unknown rule "daily"; want never, monthly or always`},
		{"clv: {unit: year}\n", `5:13: clv.unit: unknown unit "year"; want day, week or month`},
		{"clv: {unit: weeks}\n", `5:13: clv.unit: unknown unit "weeks"; did you mean "week"?`},
		{"clv: {discount_rate: 10%}\n", `5:22: clv.discount_rate: "10%" is not a number; write a fraction, such as 0.05 for 5%`},
		{"clv: {discount_rate: 10}\n", `5:22: clv.discount_rate: 10 is out of range; want at least 0 and below 10`},
		{"clv: {discount_rate: .inf}\n", `5:22: clv.discount_rate: ".inf" is not a number`},
		{"clv: {discount_rate: 0x1}\n", `5:22: clv.discount_rate: "0x1" is not a number`},
		{"clv: {discount_rate: 0, horizon: forever}\n", `5:22: clv.discount_rate: a horizon of forever needs a discount rate above 0`},
		{"clv: {margin: 0}\n", `5:15: clv.margin: 0 is out of range; want above 0 and at most 1`},
		{"clv: {costs: 5}\n", `5:14: clv.costs: "5" is not a mapping`},
		{"clv: {costs: {per_order: -1, per_year: 2}}\n", "5:26: clv.costs.per_order: -1 is out of range; want at least 0 and at most 1000000000\n" +
			`5:30: clv.costs: unknown key "per_year"; did you mean "per_year_alive"?`},
		{"clv: {costs: {per_order: 1e999}}\n", `5:26: clv.costs.per_order: 1e999 is too large for a number`},
		{"clv: {costs: {per_order: 1,5}}\n", "5:28: clv.costs: unknown key \"5\"; the keys here are acquisition, per_order, per_year_alive"},
		{"clv: {costs: {acquisition: [5]}}\n", "5:28: clv.costs.acquisition: a list is not a number; want a mapping with channels and default, or with spend"},
		{"clv: {costs: {acquisition: {web: 5}}}\n", `5:29: clv.costs.acquisition: unknown key "web"; the keys here are default, channels, spend`},
		{"clv: {costs: {acquisition: {channels: {web: 5, shop: , mail: x}}}}\n", "5:28: clv.costs.acquisition.default: missing; give what winning a customer by any other channel costs, such as 8\n" +
			"5:39: clv.costs.acquisition.channels: no source maps a channel; map one (sources.0.columns.channel), or give one number for all customers\n" +
			"5:48: clv.costs.acquisition.channels.shop: missing; give what winning a customer by the channel costs, such as 8\n" +
			`5:62: clv.costs.acquisition.channels.mail: "x" is not a number`},
		{"clv: {costs: {acquisition: {channels: {}, default: 2}}}\n", `5:39: clv.costs.acquisition.channels: the mapping is empty; want costs by channel such as {web: 12}`},
		{"clv: {costs: {acquisition: {spend: a.csv, default: 2}}}\n", `5:36: clv.costs.acquisition.spend: says what winning customers costs, as channels and default do; keep one`},
		{"stages: {formation: {purchase_days: 0}}\n", `5:37: stages.formation.purchase_days: 0 is out of range; want at least 1 and at most 1000000000`},
		{"stages: {formation: {purchase_days: 7}}\n", `5:9: stages.stability.purchase_days: 6 is fewer than the 7 of formation; stability comes after it`},
		{"stages: {stability: {tenure: all, spend_cv: 0}}\n", "5:30: stages.stability.tenure: \"all\" is not a length of time; want a length such as 12 months or auto\n" +
			`5:45: stages.stability.spend_cv: 0 is out of range; want above 0`},
		{"stages: {decline: {momentum: 0.6}}\n", `5:19: stages.decline.watch: 0.5 is below momentum (0.6); a customer is watched before they decline`},
		{"stages: {decline: {momentum: 1}}\n", `5:30: stages.decline.momentum: 1 is out of range; want above 0 and below 1`},
		{"stages: {decline: {alpha: 0.05}}\n", `5:20: stages.decline: unknown key "alpha"; the keys here are momentum, watch, false_share`},
		{"stages: {interests: on}\n", `5:21: stages.interests: "on" is not a mapping (or off)`},
		{"stages: {interests: {window: lifetime, recent: 0.95}}\n", "5:30: stages.interests.window: \"lifetime\" is not a length of time; want a length such as 12 months or all\n" +
			`5:48: stages.interests.recent: 0.95 is out of range; want at least 0.1 and at most 0.9`},
		{"stages: {interests: {false_discoveries: 10%, share_ratio: 1, q: 1}}\n", "5:41: stages.interests.false_discoveries: \"10%\" is not a number; write a fraction, such as 0.05 for 5%\n" +
			"5:59: stages.interests.share_ratio: 1 is out of range; want above 0 and below 1\n" +
			`5:62: stages.interests: unknown key "q"; the keys here are window, recent, false_discoveries, share_ratio`},
		{"stages: {lost: {p_alive: 2}, churn: 3}\n", "5:26: stages.lost.p_alive: 2 is out of range; want above 0 and below 1\n" +
			`5:30: stages: unknown key "churn"; the keys here are formation, stability, decline, lost, interests`},
	})
}

func TestTierViolations(t *testing.T) {
	requireViolations(t, []violation{
		{"tiers: gold\n", `5:8: tiers: "gold" is not a list of levels, lowest first (or a mapping with levels, or off)`},
		{"tiers: []\n", `5:8: tiers: the list is empty; want a list of levels, lowest first`},
		{"tiers: {}\n", `5:8: tiers.levels: missing; give a list of levels, lowest first`},
		{"tiers: {levels: [], window: tier-years}\n", "5:17: tiers.levels: the list is empty; want a list of levels, lowest first\n" +
			`5:29: tiers.window: "tier-years" is not a length of time; did you mean "tier-year"?`},
		{
			"tiers:\n  term: forever\n  grace: 0 days\n  downgrade: all\n  warn: soon\n  pins: ''\n  apply: now\n  start: replays\n  returns: reversed\n" +
				"  levels: [{name: a, qualify: {spend: 5}}]\n",
			`6:9: tiers.term: "forever" is not a length of time; want a length such as 12 months` + "\n" +
				`7:10: tiers.grace: "0 days" is no time at all; want at least 1 day or none` + "\n" +
				`8:14: tiers.downgrade: unknown way to fall "all"; want one-step or to-earned` + "\n" +
				`9:9: tiers.warn: "soon" is not a length of time; want a length such as 12 months or none` + "\n" +
				`10:9: tiers.pins: is empty; give a value or remove the key` + "\n" +
				`11:10: tiers.apply: unknown time "now"; want next-review or at-once` + "\n" +
				`12:10: tiers.start: unknown way to begin "replays"; did you mean "replay"?` + "\n" +
				`13:12: tiers.returns: unknown way with returns "reversed"; did you mean "reverse"?`,
		},
		{"tiers: [{name: a, qualify: {any: {spend: 5, vists: 3}}}]\n", `5:45: tiers.0.qualify.any: unknown metric "vists"; want spend, orders, purchase_days, ` +
			`clv, past_value, future_value, p_alive, expected_purchases, r, f, m, monetary, frequency or rfm_score`},
		{"tiers: [{name: a, qualify: {any: {spend: 5}}, keep: {any: {spend: 6}}}]\n", `5:67: tiers.0.keep.any.spend: 6 is more than the 5 that qualifies; want at most that`},
		{"tiers: [{name: a, limit: {budget: 5}}]\n", `5:35: tiers.0.limit.budget: a budget needs to know what a member costs; give cost (of each), or cost_rate and cost_of (a metric)`},
		{"tiers: [{name: a, limit: {count: 5, cost: 3}}]\n", `5:26: tiers.0.limit: cost, cost_rate and cost_of go with a budget; give one, or remove them`},
		{"tiers: [{name: a, limit: {budget: 5, cost: 1, cost_of: spend}}]\n", `5:26: tiers.0.limit: cost_rate and cost_of go together: a member costs cost + cost_rate · cost_of`},
		{"tiers: [{name: a, limit: {count: 5, ties: toss, margin: -1}}]\n", "5:43: tiers.0.limit.ties: unknown way to treat equals \"toss\"; want include or exclude\n" +
			`5:57: tiers.0.limit.margin: -1 is out of range; want at least 0 and at most 10`},
		{"guard: 5\n", `5:8: guard: "5" is not a mapping (or off)`},
		{"guard: {}\n", `5:8: guard: no limit is given; want some of downgrades, customers, tiers, rows and age, or off`},
		{"guard: {downgrades: 5%, age: 0 days}\n", `5:21: guard.downgrades: "5%" is not a number; write a fraction, such as 0.05 for 5%` + "\n" +
			`5:30: guard.age: "0 days" is no time at all; want at least 1 day`},
		{"tiers: [gold]\n", `5:9: tiers.0: "gold" is not a level; want a mapping with name and qualify`},
		{"tiers: [{qualify: {spend: 1}}]\n", `5:9: tiers.0.name: missing; give a name for the level`},
		{"tiers: [{name: a}]\n", `5:9: tiers.0.qualify: missing; give what it takes, such as {spend: 500}, or a limit`},
		{"tiers: [{name: a, qualify: {}}]\n", `5:28: tiers.0.qualify: missing; give what it takes, such as {spend: 500}, or a limit`},
		{"tiers: [{name: a, qualify: {spnd: 1}}]\n", `5:29: tiers.0.qualify: unknown metric "spnd"; did you mean "spend"?`},
		{"tiers: [{name: a, qualify: {visits: 1}}]\n", `5:29: tiers.0.qualify: unknown metric "visits"; want spend, orders, purchase_days, ` +
			"clv, past_value, future_value, p_alive, expected_purchases, r, f, m, monetary, frequency or rfm_score"},
		{"tiers: [{name: a, qualify: {spend: lots}}]\n", `5:36: tiers.0.qualify.spend: "lots" is not a number`},
		{"tiers: [{name: a, qualify: {spend: }}]\n", `5:29: tiers.0.qualify.spend: missing; give the least it must be`},
		{"rfm: off\ntiers: [{name: a, qualify: {f: 3}}]\n", `6:29: tiers.0.qualify: "f" needs rfm, which is off; turn it on or choose another metric`},
		{"tiers: [{name: a, qualify: {rfm_score: 50}}]\n", `5:29: tiers.0.qualify: "rfm_score" needs rfm.weights such as {r: 1, f: 1, m: 1}; add them or choose another metric`},
		{"clv: {horizon: forever}\ntiers: [{name: a, qualify: {expected_purchases: 1}}]\n", `6:29: tiers.0.qualify: "expected_purchases" may have no bound with clv.horizon: forever; use future_value, or set a horizon`},
		{"clv: off\ntiers: [{name: a, limit: {count: 1, by: clv}}]\n", `6:41: tiers.0.limit.by: "clv" needs clv, which is off; turn it on or choose another metric`},
		{"tiers: [{name: a, qualify: {spend: 5}, keep: {spend: 6}}]\n", `5:54: tiers.0.keep.spend: 6 is more than the 5 that qualifies; want at most that`},
		{"tiers: [{name: a, limit: {}}]\n", `5:26: tiers.0.limit: want one of share (of all customers), count and budget, and no more`},
		{"tiers: [{name: a, limit: {share: 0.1, count: 2}}]\n", `5:26: tiers.0.limit: want one of share (of all customers), count and budget, and no more`},
		{"tiers: [{name: a, limit: {share: 5%}}]\n", `5:34: tiers.0.limit.share: "5%" is not a number; write a fraction, such as 0.05 for 5%`},
		{"tiers: [{name: a, limit: {share: 1.5, by: q}}]\n", "5:34: tiers.0.limit.share: 1.5 is out of range; want above 0 and at most 1\n" +
			`5:43: tiers.0.limit.by: unknown metric "q"; want spend, orders, purchase_days, ` +
			"clv, past_value, future_value, p_alive, expected_purchases, r, f, m, monetary, frequency or rfm_score"},
		{"tiers: [{name: a, limit: 5}]\n", `5:26: tiers.0.limit: "5" is not a mapping`},
		{
			"tiers:\n  - {name: a, qualify: {spend: 5}}\n  - {name: a, qualify: {spend: 6}}\n",
			`7:12: tiers.1.name: a level named "a" stands before; names are unique`,
		},
		{
			"tiers:\n  - {name: gold, qualify: {spend: 5, orders: 3}}\n  - {name: silver, qualify: {spend: 4, orders: 2, f: 3}}\n",
			`7:29: tiers.1.qualify: "silver" asks less than "gold", which stands below it; list the levels lowest first`,
		},
	})
}

// A level may ask less in one metric as long as it asks more in another, and
// levels that share no metric cannot be compared.
func TestLevelsThatCannotBeOrdered(t *testing.T) {
	for _, upper := range []string{"{spend: 4, orders: 4}", "{f: 1}", "{spend: 5}"} {
		j := parse(t, minimal+"tiers: [{name: a, qualify: {spend: 5, orders: 3}}, {name: b, qualify: "+upper+"}]\n")
		require.Len(t, j.Tiers.Levels, 2)
	}
}

func TestThresholdViolations(t *testing.T) {
	const cuts, after = "rfm: {method: thresholds, segments: cn8, thresholds: ", "}\n"
	requireViolations(t, []violation{
		{"rfm: {method: thresholds}\n", `5:6: rfm.thresholds: missing; give cut points such as {r: [30, 90], f: [1, 3], m: [50, 200]}`},
		{"rfm: {thresholds: {r: [1]}}\n", `5:19: rfm.thresholds: works only with method: thresholds; add that, or remove thresholds`},
		{"rfm: {closed: left}\n", `5:15: rfm.closed: works only with method: thresholds; add that, or remove closed`},
		{"rfm: {min_cell: 20}\n", `5:17: rfm.min_cell: works only with method: nested; add that, or remove min_cell`},
		{cuts + "{r: [30, 90], f: [1, 1], m: [5, 6]}" + after, `5:75: rfm.thresholds.f.1: 1 is not above 1, the one before; want cut points in ascending order, each once`},
		{cuts + "{r: [30, 90], f: [1], m: [5, 6]}" + after, `5:71: rfm.thresholds.f: 1 cut points, but r has 2; want as many of each, so that scores compare`},
		{cuts + "{r: [30, x], f: [1, 2], m: [5, 6]}" + after, `5:63: rfm.thresholds.r.1: "x" is not a number`},
		{cuts + "{r: [30, 90], f: [1, 2]}" + after, `5:54: rfm.thresholds.m: missing; give 1 to 8 cut points in money, each above the one before`},
		{cuts + "{r: [1, 2, 3, 4, 5, 6, 7, 8, 9], f: [1], m: [1]}" + after, `5:58: rfm.thresholds.r: 9 cut points are too many; want 1 to 8 cut points in days, each above the one before`},
		{"rfm: {method: thresholds, thresholds: {r: [30], f: [1], m: [5]}}\n", `5:6: rfm.segments: the segments of rf-grid are drawn on 5 bins, and the thresholds make 2; give 4 cut points each, or give segments: cn8 or a list of your own`},
		{"rfm: {method: thresholds, bins: 3, segments: cn8, thresholds: {r: [30], f: [1], m: [5]}}\n", `5:33: rfm.bins: 1 cut points make 2 bins, not 3; remove bins`},
	})
}

func TestSegmentViolations(t *testing.T) {
	requireViolations(t, []violation{
		{"rfm: {segments: rfm11}\n", `5:17: rfm.segments: unknown table of segments "rfm11"; did you mean "rfm10"?`},
		{"rfm: {segments: putler11, bins: 4}\n", `5:33: rfm.bins: the segments of putler11 are drawn on 5 bins, not 4; remove bins, or give segments: cn8 or a list of your own`},
		{"rfm: {segments: []}\n", `5:17: rfm.segments: the list is empty; want rules such as {name: best, r: 4-5, f: 4-5}`},
		{"rfm: {segments: [best]}\n", "5:18: rfm.segments.0: \"best\" is not a rule; want a mapping with name and r, f or m"},
		{"rfm: {segments: [{r: 5}]}\n", `5:18: rfm.segments.0.name: missing; give a name for the segment`},
		{"rfm: {segments: [{name: a}]}\n", `5:18: rfm.segments.0.r: missing; give the scores that it holds, such as r: 4-5, f or m`},
		{"rfm: {segments: [{name: a, r: 5-4}]}\n", `5:31: rfm.segments.0.r: the range from 5 to 4 is empty; want the lower score first`},
		{"rfm: {bins: 4, segments: [{name: a, r: [1, 5]}]}\n", `5:40: rfm.segments.0.r: scores go from 1 to 4 here, not from 1 to 5`},
		{"rfm: {segments: [{name: a, f: high}]}\n", `5:31: rfm.segments.0.f: "high" is not a range of scores; want one such as 5, 1-5 or [1, 5]`},
		{"rfm: {segments: [{name: a, f: [1, 2, 3]}]}\n", `5:31: rfm.segments.0.f: a list is not a range of scores; want one such as 5, 1-5 or [1, 5]`},
		{"rfm: {segments: [{name: a, f: 1, x: 1}]}\n", `5:34: rfm.segments.0: unknown key "x"; the keys here are name, label, r, f, m`},
		{"rfm: {split: mean}\n", `5:14: rfm.split: works only with segments: cn8; add that, or remove split`},
		{"rfm: {segments: cn8, split: mode}\n", `5:29: rfm.split: unknown split "mode"; want mean or median`},
		{"rfm: {segments: cn8, split: {recency_days: 10, frequency: 3}}\n", `5:29: rfm.split.monetary: missing; give where to part, as in {recency_days: 10, frequency: 3, monetary: 200}`},
		{"rfm: {weights: {r: -1}}\n", `5:20: rfm.weights.r: -1 is out of range; want at least 0 and at most 1000000`},
		{"rfm: {weights: {r: 0, f: 0, m: 0}}\n", `5:16: rfm.weights: all are 0; want one above 0 at least`},
		{"rfm: {monetary: average}\n", `5:17: rfm.monetary: unknown way to measure spend "average"; want sum, mean, median or max`},
		{"rfm: {unit: days}\n", `5:13: rfm.unit: unknown unit "days"; did you mean "day"?`},
	})
}

func TestPyramidViolations(t *testing.T) {
	requireViolations(t, []violation{
		{"pyramid: on\n", `5:10: pyramid: "on" is not a mapping (or off)`},
		{"pyramid: {shares: [0.2, 0.7]}\n", `5:19: pyramid.shares: the shares sum to 0.9; want 1`},
		{"pyramid: {shares: [0.2, 20%]}\n", `5:25: pyramid.shares.1: "20%" is not a number; write a fraction, such as 0.05 for 5%`},
		{"pyramid: {shares: [0, 1]}\n", `5:20: pyramid.shares.0: 0 is out of range; want above 0 and at most 1, such as 0.05 for 5%`},
		{"pyramid: {hold: 80}\n", `5:17: pyramid.hold: 80 is out of range; want above 0 and at most 1`},
		{"clv: off\npyramid: {value: clv}\n", `6:18: pyramid.value: clv needs clv, which is off; turn it on or give net`},
	})
}

func TestQualityViolations(t *testing.T) {
	requireViolations(t, []violation{
		{"quality: off\n", `5:10: quality: "off" is not a mapping`},
		{"quality: {customers: 0}\n", `5:22: quality.customers: 0 is out of range; want at least 1 and at most 1000000000`},
		{"quality: {reachable: 80}\n", `5:22: quality.reachable: 80 is out of range; want above 0 and at most 1`},
		{"quality: {size: 5}\n", `5:11: quality: unknown key "size"; the keys here are customers, reachable`},
	})
}

func TestOwnSegments(t *testing.T) {
	j := parse(t, minimal+"rfm: {bins: 4, segments: [{name: best, label: 最好, r: 3-4, f: 4}, {name: rest, m: [1, 4]}]}\n")
	require.Equal(t, job.Segments{Rules: []job.SegmentRule{
		{Name: "best", Label: "最好", R: &job.ScoreRange{3, 4}, F: &job.ScoreRange{4, 4}},
		{Name: "rest", M: &job.ScoreRange{1, 4}},
	}}, j.RFM.Segments)
}
