package condition_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/condition"
	"clientele/analytics/engine"
	"clientele/analytics/job"
)

const shop = `name: shop
sources: [{path: a.csv, columns: {customer: c, time: t, amount: a, region: r, attributes: {has_email: e, points: p}}}]
tiers: [{name: gold, qualify: {points: 5}}]
`

func check(t *testing.T, text string) error {
	t.Helper()
	j, err := job.Parse("f.yaml", []byte(text), nil, func() time.Time { return time.Unix(0, 0) })
	require.NoError(t, err)
	e, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: 1})
	require.NoError(t, err)
	defer func() { require.NoError(t, e.Close()) }()
	require.NoError(t, e.Seal(t.Context(), nil))
	return condition.Check(t.Context(), e, j)
}

func campaign(audience string) string {
	return "activation:\n  campaigns:\n    - name: a\n      audience: |\n        " + audience +
		"\n      channels: [email]\n      starts: 2026-12-01\n      ends: 2026-12-31\n"
}

func TestConditionsThatFit(t *testing.T) {
	for _, sql := range []string{
		"stage = 'decline' AND tier = 'gold' AND value_at_risk > 100",
		"region IN ('north', 'south') -- those we deliver to",
		"points >= 5 AND monetary / orders > 20.5",
		"Last_Day >= DATE '2026-01-01'",
		"reasons LIKE '%momentum%' OR has_email = 'yes'",
		"CASE WHEN p_next IS NULL THEN FALSE ELSE p_next > 0.5 END",
		"TRUE",
	} {
		require.NoError(t, check(t, shop+campaign(sql)), sql)
	}
	require.NoError(t, check(t, shop), "activation is off")
	require.NoError(t, check(t, shop+"activation: {exclude: a.csv, campaigns: [{name: a, audience: contactable = 'yes', channels: [x], starts: 2026-12-01, ends: 2026-12-31}]}\n"))
}

func TestConditionsThatDoNotFit(t *testing.T) {
	const at = "f.yaml:7:17: activation.campaigns.0.audience: "
	for sql, want := range map[string]string{
		"stge = 'decline'":                `customers have no column "stge"; did you mean "stage"?`,
		"customers.stage = 'decline'":     `customers have no column "customers.stage"; docs/columns.md has them all`,
		"has_mail = 'yes'":                `customers have no column "has_mail"; did you mean "has_email"?`,
		"lost_interest = 'x'":             `"lost_interest" needs a source that maps category or product; map one, or choose another column`,
		"rfm_score > 5":                   `"rfm_score" needs rfm.weights, which the job does not have; give it, or choose another column`,
		"contactable = 'yes'":             `"contactable" needs consent, which the job does not have; give it, or choose another column`,
		"monetary":                        `"monetary" gives decimal(38,6), not true or false; compare it with something, as in stage = 'decline'`,
		"monetary >":                      `"monetary >" is not a condition over the columns of customers: something is missing at its end, such as a bracket`,
		"monetary > 5; DROP TABLE ledger": `"monetary > 5; DROP TABLE ledger" is not one expression: expected a column, or an expression over the columns of one row`,
		"TRUE) FROM ledger WHERE (TRUE":   "",
		"monetary > (SELECT avg(monetary) FROM customers)": `"monetary > (SELECT avg(monetary) FROM customers)" has a query of its own within; expected an expression over the columns of one row`,
		"(SELECT content FROM read_text('a')) = ''":        `"(SELECT content FROM read_text('a')) = ''" has a query of its own within; expected an expression over the columns of one row`,
		"monetary > avg(monetary)":                         `"monetary > avg(monetary)" looks at several rows; an expression is about one row`,
		"random() < 0.5":                                   `"random() < 0.5" calls random, which is not a function of the row alone; expected an expression over the columns of one row`,
		"last_day > current_date":                          `customers have no column "current_date"; docs/columns.md has them all`,
		"length(monetary) > 5":                             "",
		"first_day > 'soon' || 5":                          "",
		"*":                                                `"*" names all columns at once; expected an expression over the columns of one row`,
		"stage = 'decline' ORDER BY monetary":              `"stage = 'decline' ORDER BY monetary" is not one expression: expected a column, or an expression over the columns of one row`,
		"tier = ? OR TRUE":                                 `"tier = ? OR TRUE" has a parameter; expected an expression over the columns of one row`,
	} {
		err := check(t, shop+campaign(sql))
		var all job.Errors
		require.ErrorAs(t, err, &all, sql)
		if want == "" {
			require.Contains(t, err.Error(), at+`"`+sql+`" is not`, sql)
			continue
		}
		require.Equal(t, at+want, err.Error(), sql)
	}
	require.EqualError(t, check(t, shop+"activation: {exclude: a.csv, reach: {email: has_emial = 'yes'}}\n"),
		`f.yaml:4:45: activation.reach.email: customers have no column "has_emial"; did you mean "has_email"?`)
}
