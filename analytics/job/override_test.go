package job_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/segment/tier"
)

func TestOverrideBecomesPartOfTheFile(t *testing.T) {
	for override, written := range map[string]string{
		"rfm.bins=5":                           "rfm: {bins: 5}\n",
		"rfm.window = 90 days":                 "rfm: {window: 90 days}\n",
		"clv.costs.per_order=1.5":              "clv: {costs: {per_order: 1.5}}\n",
		"clv=off":                              "clv: off\n",
		"clv={model: bg-nbd, margin: 0.5}":     "clv: {model: bg-nbd, margin: 0.5}\n",
		"output.formats=[csv]":                 "output: {formats: [csv]}\n",
		"as_of=2011-12-10":                     "as_of: 2011-12-10\n",
		"tiers=[{name: a, limit: {count: 3}}]": "tiers: [{name: a, limit: {count: 3}}]\n",
		"currency=":                            "",
	} {
		got, want := parse(t, minimal, override), parse(t, minimal+written)
		got.Sources, want.Sources = nil, nil // whose positions differ from nothing here
		require.Equal(t, want, got, override)
	}
}

func TestOverrideReachesIntoLists(t *testing.T) {
	j := parse(t, minimal+"tiers:\n  levels:\n    - {name: a, qualify: {spend: 1}}\n    - {name: b, qualify: {spend: 2}}\n",
		"tiers.levels.1.limit.share=0.1", "sources.0.where=price > 0")
	require.Nil(t, j.Tiers.Levels[0].Limit)
	require.Equal(t, &tier.Limit{Share: 0.1, By: "spend"}, j.Tiers.Levels[1].Limit)
	require.Equal(t, "price > 0", j.Sources[0].Where)
	require.Equal(t, "--set sources.0.where=price > 0", j.Sources[0].Position("where").String())
	require.Equal(t, "conf/shop.yaml:4:25", j.Sources[0].Position("columns.customer").String())
}

func TestOverrideTakesSQLAsItStands(t *testing.T) {
	for _, sql := range []string{
		`"Unit Price" > 0`,
		`note = 'a: b' AND x # 2`,
		`- price`,
		`*`,
		`a = b`,
		`InvoiceNo LIKE 'C%'`,
	} {
		require.Equal(t, sql, parse(t, minimal, "sources.0.where="+sql).Sources[0].Where)
	}
	// Quotes around the whole are YAML's, as in the file.
	require.Equal(t, "x: 1", parse(t, minimal, `sources.0.where="x: 1"`).Sources[0].Where)
}

func TestOverridesTakeEffectInOrder(t *testing.T) {
	j := parse(t, minimal, "clv.margin=0.3", "clv.margin=0.4", "rfm.bins=7", "rfm.bins=")
	require.InDelta(t, 0.4, j.CLV.Margin, 0)
	require.Equal(t, 5, j.RFM.Bins, "an empty value takes the key away")
}

// An alias shares the value of its anchor; an override of one must not change
// the other.
func TestOverrideLeavesTheAnchorAlone(t *testing.T) {
	j := parse(t, `name: shop
sources:
  - {path: a.csv, columns: &c {customer: c, time: t, amount: a}}
  - {path: b.csv, columns: *c}
`, "sources.1.columns.amount=b")
	require.Equal(t, "a", j.Sources[0].Columns.Amount)
	require.Equal(t, "b", j.Sources[1].Columns.Amount)
}

func TestOverridesRefused(t *testing.T) {
	for _, c := range []struct{ override, want string }{
		{"rfm.bnis=4", `--set rfm.bnis=4: rfm: unknown key "bnis"; did you mean "bins"?`},
		{"rfn.bins=4", `--set rfn.bins=4: unknown key "rfn"; did you mean "rfm"?`},
		{"rfm={bnis: 4}", `--set rfm={bnis: 4}: rfm: unknown key "bnis"; did you mean "bins"?`},
		{"rfm.refit=nightly", `--set rfm.refit=nightly: rfm.refit: unknown refit rule "nightly"; want never, monthly or always`},
		{"rfm.bins", `--set rfm.bins: want key.path=value, such as output.dir=results`},
		{"=x", `--set =x: a key is empty; want key.path=value, such as output.dir=results`},
		{"rfm..bins=5", `--set rfm..bins=5: a key is empty; want key.path=value, such as output.dir=results`},
		{"sources.1.where=x", `--set sources.1.where=x: sources: no item "1"; items go by number from 0, and there are 1`},
		{"sources.-1.path=x", `--set sources.-1.path=x: sources: no item "-1"; items go by number from 0, and there are 1`},
		{"sources.path=x", `--set sources.path=x: sources: no item "path"; items go by number from 0, and there are 1`},
		{"name.first=x", `--set name.first=x: name: "shop" has no keys below it, so "first" cannot be set there`},
		{"output.formats=[csv", `--set output.formats=[csv: not valid YAML: sequence end token ']' not found`},
		{"output.formats=csv", `--set output.formats=csv: output.formats: "csv" is not a list of parquet or csv`},
		{"name=", `--set name=: name: missing; give a name for the job: its publications go to a folder of that name`},
	} {
		require.Equal(t, c.want, refused(t, minimal, c.override))
	}
}
