package history_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/history"
	"clientele/analytics/job"
)

// Settings mean the same before they are published and after, whatever
// characters they hold; the manifest is indented and leaves <, > and & alone.
func TestMeaningSurvivesPublication(t *testing.T) {
	for _, more := range []string{
		"", "rfm: {method: thresholds, closed: left, bins: 2, thresholds: {r: [9.5], f: [2], m: [100]}, segments: cn8, split: {recency_days: 1, frequency: 2, monetary: 3}}\n",
		"rfm: off\n", "stages: off\n", "stages: {lost: {silence: 90 days}}\n", "rfm: {window: 12 months}\n", "timezone: Europe/London\ncurrency: GBP\n",
		"    numbers: \"1.234,56\"\n    dates: [\"%d.%m.%Y\"]\n    join: [{path: b.csv, on: \"a < b = c\"}]\n",
		"    returns: note LIKE '%<b>&\\u2028\"%'\n",
	} {
		dir, j := t.TempDir(), settings(t, more)
		j.Sources[0].Columns.Clock = "hour < 'é'"
		publishNight(t, dir, "2024-01-02", j, nil)
		was := before(t, dir, "2024-01-03")
		require.Equal(t, string(history.Meaning(j)), string(was.Meaning), more)
		require.Equal(t, string(history.StageMeaning(j)), string(was.StageMeaning), more)
	}
}

// Cut points are kept over changes of what does not touch scores, and not over
// changes of what does.
func TestMeaning(t *testing.T) {
	base := history.Meaning(settings(t, ""))
	for _, more := range []string{
		"as_of: 2024-01-05\n", "clv: off\n", "clv: {unit: day}\n", "rfm: {refit: never}\n", "stages: off\n", "pyramid: off\n",
		"rfm: {segments: rfm10, weights: {m: 2}}\n", "output: {dir: elsewhere, formats: [csv]}\n",
	} {
		require.Equal(t, string(base), string(history.Meaning(settings(t, more))), more)
	}
	for _, more := range []string{
		"timezone: Asia/Tokyo\n", "currency: GBP\n", "rfm: {window: 12 months}\n", "    returns: price < 0\n",
		"rfm: {unit: day}\n", "rfm: {monetary: median}\n", "rfm: {method: nested}\n", "rfm: {method: nested, min_cell: 9}\n",
		"rfm: {segments: cn8}\n", "rfm: {segments: cn8, split: median}\n",
		"    timezone: Asia/Tokyo\n", "  - path: second.csv\n    columns: {customer: id, time: at, amount: price}\n",
	} {
		require.NotEqual(t, string(base), string(history.Meaning(settings(t, more))), more)
	}
	for key, change := range map[string]func(j *job.Job){
		"path":     func(j *job.Job) { j.Sources[0].Path = "moved/*.csv" },
		"format":   func(j *job.Job) { j.Sources[0].Format = job.CSV },
		"region":   func(j *job.Job) { j.Sources[0].Columns.Region = "country" },
		"customer": func(j *job.Job) { j.Sources[0].Columns.Customer = "lower(id)" },
		"order":    func(j *job.Job) { j.Sources[0].Columns.Order = "invoice" },
		"time":     func(j *job.Job) { j.Sources[0].Columns.Time = "paid_at" },
		"amount":   func(j *job.Job) { j.Sources[0].Columns.Amount = "price" },
		"where":    func(j *job.Job) { j.Sources[0].Where = "price > 1" },
		"clock":    func(j *job.Job) { j.Sources[0].Columns.Clock = "hour" },
		"currency": func(j *job.Job) { j.Sources[0].Columns.Currency = "unit" },
		"quantity": func(j *job.Job) { j.Sources[0].Columns.Quantity = "pieces" },
		"numbers":  func(j *job.Job) { j.Sources[0].Numbers = job.PointCommaNumbers },
		"dates":    func(j *job.Job) { j.Sources[0].Dates = job.Dates{"%d.%m.%Y"} },
		"records":  func(j *job.Job) { j.Sources[0].Records = "data" },
		"sheet":    func(j *job.Job) { j.Sources[0].Sheet = "Orders" },
		"fill":     func(j *job.Job) { j.Sources[0].FillDown = []string{"day"} },
		"join":     func(j *job.Job) { j.Sources[0].Join = []job.Join{{Path: "b.csv"}} },
	} {
		j := settings(t, "")
		change(j)
		same := string(base) == string(history.Meaning(j))
		require.Equal(t, key == "path" || key == "format" || key == "region", same, key)
	}
}

// Stages go on from the night before over changes of what they do not depend on,
// and begin anew over others.
func TestStageMeaning(t *testing.T) {
	base := history.StageMeaning(settings(t, ""))
	for _, more := range []string{
		"as_of: 2024-01-05\n", "clv: off\n", "rfm: {window: 12 months}\n", "rfm: off\n", "stages: {interests: off}\n", "currency: GBP\n",
		"stages: {decline: {momentum: 0.3}}\n", "stages: {lost: {p_alive: 0.2}}\n",
	} {
		require.Equal(t, string(base), string(history.StageMeaning(settings(t, more))), more)
	}
	for _, more := range []string{
		"timezone: Asia/Tokyo\n", "    returns: price < 0\n", "stages: {formation: {purchase_days: 4}}\n", "stages: {stability: {tenure: 90 days}}\n",
		"stages: {decline: {false_share: 0.2}}\n", "stages: off\n",
	} {
		require.NotEqual(t, string(base), string(history.StageMeaning(settings(t, more))), more)
	}
}
