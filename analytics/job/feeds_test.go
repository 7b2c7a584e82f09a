package job_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/feeds/shapes"
	"clientele/analytics/job"
)

// A feed sends what the job has, by the ids and with the properties of its shape, unless the
// job file says others.
func TestFeeds(t *testing.T) {
	j := parse(t, minimal+"feeds: [{shape: klaviyo}]\n")
	require.Equal(t, []string{"profiles"}, j.Feeds[0].Send, "there are no tiers and no campaigns")
	require.Equal(t, shapes.Fields{{Name: "external_id", Column: "customer_id"}}, j.Feeds[0].IDs)
	require.Contains(t, j.Feeds[0].Properties, shapes.Field{Name: "clv", Column: "clv"})
	require.NotContains(t, j.Feeds[0].Properties, shapes.Field{Name: "tier", Column: "tier"}, "the job has no tiers")

	j = parse(t, "name: shop\nas_of: 2024-01-01\nsources: [{path: a.csv, columns: {customer: c, time: t, amount: a, attributes: {mail: m, phone: p}}}]\n"+
		"tiers: [{name: gold, qualify: {spend: 1}}]\n"+
		"feeds: [{shape: klaviyo, send: [tiers], ids: {email: mail}, properties: {value: clv, kind: segment}}, {shape: youzan, ids: {手机号: phone}, properties: [clv]}]\n")
	require.Equal(t, job.Feed{
		Shape: "klaviyo", Send: []string{"tiers"},
		IDs:        shapes.Fields{{Name: "external_id", Column: "customer_id"}, {Name: "email", Column: "mail"}},
		Properties: shapes.Fields{{Name: "value", Column: "clv"}, {Name: "kind", Column: "segment"}},
	}, j.Feeds[0])
	require.Equal(t, []string{"profiles", "tiers"}, j.Feeds[1].Send)
	require.Equal(t, shapes.Fields{{Name: "手机号", Column: "phone"}}, j.Feeds[1].IDs)
	require.Equal(t, shapes.Fields{{Name: "clv", Column: "clv"}}, j.Feeds[1].Properties)
}

// Each mistake is told at its place, with what to write.
func TestFeedViolations(t *testing.T) {
	for text, want := range map[string]string{
		"feeds: {shape: csv}\n":                                                                        "f.yaml:5:8: feeds: a mapping is not a list of feeds, such as [{shape: klaviyo}]",
		"feeds: [{shape: klavio}]\n":                                                                   `f.yaml:5:17: feeds.0.shape: unknown shape "klavio"; did you mean "klaviyo"?`,
		"feeds: [{send: [tiers]}]\n":                                                                   "f.yaml:5:9: feeds.0.shape: missing; give what the engine takes: braze, csv, klaviyo, talon-one, voucherify or youzan",
		"feeds: [{shape: csv}, {shape: csv}]\n":                                                        `f.yaml:5:31: feeds.1.shape: "csv" is listed twice; keep one`,
		"feeds: [{shape: csv, send: [tiers]}]\n":                                                       "f.yaml:5:29: feeds.0.send.0: tiers needs tiers, which the job does not have; give it or remove tiers",
		"feeds: [{shape: csv, send: [lists]}]\n":                                                       "f.yaml:5:29: feeds.0.send.0: lists needs activation.campaigns, which the job does not have; give it or remove lists",
		"feeds: [{shape: csv, send: [profile]}]\n":                                                     `f.yaml:5:29: feeds.0.send.0: unknown thing to send "profile"; did you mean "profiles"?`,
		"feeds: [{shape: klaviyo, ids: {mail: customer_id}}]\n":                                        `f.yaml:5:31: feeds.0.ids: "mail" is no id of klaviyo; want external_id, email or phone_number`,
		"feeds: [{shape: youzan}]\n":                                                                   "f.yaml:5:9: feeds.0.ids: youzan knows customers by 手机号; needs the column of customers that has it, such as ids: {手机号: phone}",
		"feeds: [{shape: csv, ids: {mail: email}}]\n":                                                  `f.yaml:5:34: feeds.0.ids.mail: unknown column "email"; docs/columns.md has them all`,
		"feeds: [{shape: csv, properties: [clw]}]\n":                                                   `f.yaml:5:35: feeds.0.properties.0: unknown column "clw"; did you mean "clv"?`,
		"feeds: [{shape: csv, properties: {t: tier}}]\n":                                               `f.yaml:5:38: feeds.0.properties.t: "tier" needs tiers, which the job does not have; give it or remove the column`,
		"feeds: [{shape: csv, properties: clv}]\n":                                                     `f.yaml:5:34: feeds.0.properties: "clv" is not columns of customers, such as [clv, tier] or {value: clv}`,
		"feeds: [{shape: csv, every: night}]\n":                                                        `f.yaml:5:22: feeds.0: unknown key "every"; the keys here are shape, send, ids, properties`,
		"output: {formats: [csv], columns: [clv]}\nfeeds: [{shape: csv, properties: [clv]}]\n":         "f.yaml:6:9: feeds.0.ids: csv goes by the column customer_id, which needs output.columns to list it, or parquet in output.formats; add one",
		"output: {formats: [csv], columns: [customer_id]}\nfeeds: [{shape: csv, properties: [clv]}]\n": `f.yaml:6:35: feeds.0.properties.0: "clv" needs output.columns to list it, or parquet in output.formats; add one or remove the column`,
	} {
		require.Equal(t, want, refused(t, minimal+text), text)
	}
}
