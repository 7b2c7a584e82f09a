package job_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Columns of customers.csv are those of the program and of the sources, in the order that
// the job gives.
func TestOutputColumns(t *testing.T) {
	j := parse(t, "name: shop\nas_of: 2024-01-01\nsources: [{path: a.csv, columns: {customer: c, time: t, amount: a, region: r, attributes: {shade: s}}}]\n"+
		"output: {columns: [shade, clv, level, rank, region], rank_by: value_at_risk, purchases: off}\n")
	require.Equal(t, []string{"shade", "clv", "level", "rank", "region"}, j.Output.Columns)
	require.EqualValues(t, "value_at_risk", j.Output.RankBy)
	require.False(t, j.Output.Purchases)
}

// Each mistake is told at its place, with the nearest name or what is missing.
func TestOutputViolations(t *testing.T) {
	for text, want := range map[string]string{
		"output: {columns: [clv, customer]}\n":            `f.yaml:5:25: output.columns.1: unknown column "customer"; did you mean "customer_id"?`,
		"output: {columns: [valu_at_risk]}\n":             `f.yaml:5:20: output.columns.0: unknown column "valu_at_risk"; did you mean "value_at_risk"?`,
		"output: {columns: [nothing_like_it]}\n":          `f.yaml:5:20: output.columns.0: unknown column "nothing_like_it"; docs/columns.md has them all`,
		"output: {columns: [region]}\n":                   `f.yaml:5:20: output.columns.0: unknown column "region"; docs/columns.md has them all`,
		"output: {columns: [clv, clv]}\n":                 `f.yaml:5:25: output.columns.1: "clv" is listed twice; keep one`,
		"output: {columns: []}\n":                         "f.yaml:5:19: output.columns: the list is empty; want a list of columns of customers, such as [rank, customer_id, clv]",
		"output: {columns: [tier]}\n":                     `f.yaml:5:20: output.columns.0: "tier" needs tiers, which the job does not have; give it or remove the column`,
		"pyramid: off\noutput: {columns: [level]}\n":      `f.yaml:6:20: output.columns.0: "level" needs pyramid, which the job does not have; give it or remove the column`,
		"output: {columns: [lost_interest]}\n":            `f.yaml:5:20: output.columns.0: "lost_interest" needs a source that maps category or product; map one or remove the column`,
		"output: {rank_by: value}\n":                      `f.yaml:5:19: output.rank_by: unknown column to rank by "value"; did you mean "value_at_risk"?`,
		"clv: off\noutput: {rank_by: future_value}\n":     "f.yaml:6:19: output.rank_by: future_value needs clv, which is off; turn it on or choose another column",
		"stages: off\noutput: {rank_by: value_at_risk}\n": "f.yaml:6:19: output.rank_by: value_at_risk needs stages, which is off; turn it on or choose another column",
		"output: {purchases: maybe}\n":                    `f.yaml:5:21: output.purchases: "maybe" is neither true nor false`,
		"purchases: false\n":                              `f.yaml:5:1: unknown key "purchases"; it stands under output; write output: {purchases: false}`,
	} {
		require.Equal(t, want, refused(t, minimal+text), text)
	}
	require.Empty(t, parse(t, minimal+"clv: off\noutput: {rank_by: clv}\n").Output.Columns)
}
