package job_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
	"clientele/segment/quality"
	"clientele/segment/tier"
)

func TestMinimalGetsEveryDefault(t *testing.T) {
	j := parse(t, minimal)
	want := job.Defaults()
	want.Name = "shop"
	want.AsOf = job.AsOf{Day: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)}
	want.Dir = "conf"
	want.Sources = j.Sources
	require.Equal(t, &want, j)
	require.Equal(t, "a.csv", j.Sources[0].Path)
	require.Equal(t, job.Columns{Customer: "c", Time: "t", Amount: "a"}, j.Sources[0].Columns)
}

// The defaults are part of the contract: this is their list, as run.json shows
// them.
func TestDefaultsAreTheContracts(t *testing.T) {
	settings, err := parse(t, minimal).MarshalJSON()
	require.NoError(t, err)
	require.JSONEq(t, `{
		"name": "shop", "as_of": "2026-01-02", "timezone": "UTC",
		"sources": [{"path": "a.csv", "columns": {"customer": "c", "time": "t", "amount": "a"}, "encoding": "auto", "malformed": 0.01, "duplicates": "warn", "numbers": "auto", "dates": "auto"}],
		"rfm": {"bins": 5, "method": "quantile", "window": "all", "unit": "order", "monetary": "sum", "segments": "rf-grid", "refit": "monthly"},
		"clv": {"model": "auto", "choose": "monthly", "unit": "week", "horizon": "36 months", "discount_rate": 0.1, "margin": 1,
			"costs": {"acquisition": 0, "per_order": 0, "per_year_alive": 0}},
		"stages": {"formation": {"purchase_days": 3},
			"stability": {"purchase_days": 6, "tenure": "auto", "spend_cv": 0.8},
			"decline": {"momentum": 0.3, "watch": 0.5, "false_share": 0.1},
			"lost": {"silence": "auto", "p_alive": 0.1},
			"interests": {"window": "24 months", "recent": 0.5, "false_discoveries": 0.1, "share_ratio": 0.5}},
		"tiers": "off", "guard": "off",
		"pyramid": {"shares": [0.01, 0.04, 0.15, 0.8], "value": "clv", "hold": 0.8},
		"quality": {"customers": 30, "reachable": 0.8},
		"output": {"dir": "out", "formats": ["parquet", "csv"], "language": "en", "csv": "machine", "rejects": "faults", "rank_by": "clv", "purchases": true, "report": true},
		"engine": "duckdb"}`, string(settings))
}

func TestSectionsWithoutAValueHoldTheirDefaults(t *testing.T) {
	// As a file looks whose settings are all commented out.
	bare := parse(t, minimal+"rfm:\n  # bins: 5\nclv: ~\nstages: {}\ntiers:\noutput: null\ncurrency:\n")
	require.Equal(t, parse(t, minimal), bare)
}

func TestEveryKeyIsRead(t *testing.T) {
	text, err := os.ReadFile("testdata/every-key.yaml")
	require.NoError(t, err)
	j := parse(t, string(text))
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	requireEverySourceKey(t, j.Sources)
	require.Equal(t, &job.Job{
		Name: "online-retail", AsOf: job.AsOf{Day: time.Date(2011, 12, 10, 0, 0, 0, 0, time.UTC)},
		Timezone: "Europe/London", Location: london, Currency: "GBP", Dir: "conf", Sources: j.Sources,
		RFM: &job.RFM{
			Bins: 5, Method: "quantile", Window: job.Span{N: 12, Unit: job.Month}, Unit: job.UnitOrder, Monetary: "sum",
			Segments: job.Segments{Table: "rf-grid"}, Refit: job.RefitAlways,
		},
		CLV: &job.CLV{
			Model: "bg-nbd", Choose: job.RefitNever, Unit: job.Day, Horizon: job.Span{Word: job.Forever}, DiscountRate: 0.2, Margin: 0.4, ReferralShare: 1,
			Costs: job.Costs{Acquisition: job.Acquisition{Each: 10, Channels: map[string]float64{"web": 12.5}}, PerOrder: 1.5, PerYearAlive: 2},
		},
		Stages: &job.Stages{
			Formation: job.FormationRule{PurchaseDays: 2},
			Stability: job.StabilityRule{PurchaseDays: 5, Tenure: job.Span{N: 1, Unit: job.Year}, SpendCV: 1},
			Decline:   job.DeclineRule{Momentum: 0.2, Watch: 0.4, FalseShare: 0.03},
			Lost:      job.LostRule{Silence: job.Span{N: 20, Unit: job.Week}, PAlive: 0.2},
			Interests: job.InterestRule{Window: job.Span{N: 1, Unit: job.Year}, Recent: 0.4, FalseDiscoveries: 0.05, ShareRatio: 0.3},
		},
		Tiers: &job.Tiers{
			Window: job.Span{Word: job.MembershipYear}, Term: job.Span{N: 2, Unit: job.Year},
			Grace: job.Span{Word: job.None}, Downgrade: tier.ToEarned, Warn: job.Span{N: 6, Unit: job.Week},
			Pins: "pins.csv", Apply: job.AtOnce, Start: job.StartTonight, Returns: job.ReturnsReverse,
			Levels: []tier.Tier{
				{
					Name:    "silver",
					Qualify: tier.Criteria{All: []tier.Threshold{{Metric: "spend", AtLeast: 500}}},
					Keep:    &tier.Criteria{All: []tier.Threshold{{Metric: "spend", AtLeast: 400}}},
				},
				// Ranked by orders: the first of its metrics as the file has them.
				{
					Name: "gold",
					Qualify: tier.Criteria{
						All: []tier.Threshold{{Metric: "orders", AtLeast: 4}},
						Any: []tier.Threshold{{Metric: "spend", AtLeast: 2000}, {Metric: "age_band", AtLeast: 3}},
					},
					Limit: &tier.Limit{Share: 0.05, By: "orders", Margin: 0.1, Ties: tier.TiesExclude},
				},
				{Name: "top", Limit: &tier.Limit{Count: 100, By: "clv"}},
				{
					Name: "star", Qualify: tier.Criteria{All: []tier.Threshold{{Metric: "clv", AtLeast: 9000}}},
					Limit: &tier.Limit{Budget: 5000, Cost: 20, CostRate: 0.1, CostMetric: "spend", By: "clv"},
				},
			},
		},
		Pyramid: job.Defaults().Pyramid, Referral: &job.Referral{Share: 0.5, Depth: 2}, Hierarchy: &job.Hierarchy{Level: job.LevelTop},
		Quality: quality.Rules{Customers: 50, Reachable: 0.6},
		Guard:   &job.Guard{Downgrades: 0.1, Customers: 0.2, Tiers: 0.3, Rows: 0.4, Age: &job.Span{N: 3, Unit: job.Day}},
		Output:  job.Output{Dir: "results", Formats: []string{"csv"}, Language: "zh", CSV: "spreadsheet", Rejects: "all", RankBy: job.RankByFuture, Columns: []string{"rank", "customer_id", "age_band", "clv"}, Keep: 400},
	}, j)
}

// requireEverySourceKey checks the one source of testdata/every-key.yaml.
func requireEverySourceKey(t *testing.T, sources []job.Source) {
	t.Helper()
	require.Len(t, sources, 1)
	source := sources[0]
	require.Equal(t, "exports/*.csv.gz", source.Path)
	require.Equal(t, job.Position{File: "conf/shop.yaml", Line: 7, Column: 5}, source.At)
	require.Equal(t, job.CSV, source.Format)
	require.Equal(t, "America/New_York", source.Timezone)
	require.Equal(t, "UnitPrice > 0\nAND Quantity <> 0", source.Where)
	require.Equal(t, "InvoiceNo LIKE 'C%'", source.Returns)
	require.Equal(t, "gb18030", source.Encoding)
	require.Equal(t, []string{"CustomerID", "InvoiceDate"}, source.FillDown)
	require.Equal(t, job.LineRules{AmountIs: job.OrderAmount, ExcludeProducts: []string{"POST", "gift_*"}}, source.LineRules)
	require.Equal(t, job.Columns{
		Customer: "CustomerID", Order: "InvoiceNo", Time: "InvoiceDate", Amount: "Quantity * UnitPrice",
		Product: "StockCode", Category: "Category", Quantity: "Quantity", Channel: "Channel",
		Region: "Country", Cost: "Cost", Referrer: "Referrer", Parent: "HeadOffice",
		ReturnColumns: job.ReturnColumns{OriginalOrder: "Original", Refund: "Refund", RefundTime: "RefundedAt"},
		Attributes:    map[string]string{"age_band": "CASE WHEN Age < 30 THEN 'young' END"},
	}, source.Columns)
}

func TestStagesCanBeOff(t *testing.T) {
	for _, word := range []string{"off", "false", `"off"`, "Off"} {
		j := parse(t, minimal+"rfm: "+word+"\nclv: "+word+"\nstages: "+word+"\ntiers: "+word+"\n")
		require.Nil(t, j.RFM, word)
		require.Nil(t, j.CLV, word)
		require.Nil(t, j.Stages, word)
		require.Nil(t, j.Tiers, word)
	}
}

func TestTiersAsAList(t *testing.T) {
	j := parse(t, minimal+"tiers:\n  - {name: silver, qualify: {f: 3}}\n")
	require.Equal(t, &job.Tiers{
		Window: job.Span{N: 12, Unit: job.Month}, Term: job.Span{N: 12, Unit: job.Month},
		Grace: job.Span{N: 1, Unit: job.Month}, Downgrade: tier.OneStep,
		Warn: job.Span{N: 30, Unit: job.Day}, Apply: job.AtReview, Start: job.StartReplay, Returns: job.ReturnsKeep,
		Levels: []tier.Tier{{Name: "silver", Qualify: tier.Criteria{All: []tier.Threshold{{Metric: "f", AtLeast: 3}}}}},
	}, j.Tiers)
}

// The clock decides as_of where the file leaves it open, on the calendar of
// the job's time zone; otherwise nobody looks at it.
func TestAsOf(t *testing.T) {
	late := func() time.Time { return time.Date(2026, 1, 2, 23, 30, 0, 0, time.UTC) }
	for _, c := range []struct{ text, want string }{
		{"", "2026-01-02"},
		{"as_of: today\n", "2026-01-02"},
		{"timezone: Asia/Shanghai\n", "2026-01-03"},
		{"timezone: Asia/Shanghai\nas_of: today\n", "2026-01-03"},
	} {
		j, err := job.Parse("f.yaml", []byte(minimal+c.text), nil, late)
		require.NoError(t, err)
		require.Equal(t, c.want, j.AsOf.String(), c.text)
	}

	never := func() time.Time {
		t.Error("the clock was read")
		return time.Time{}
	}
	for _, c := range []struct{ text, want string }{
		{"as_of: latest\n", "latest"},
		{"as_of: 2012-02-29\n", "2012-02-29"},
		{"as_of: '2011-12-10'\n", "2011-12-10"},
	} {
		j, err := job.Parse("f.yaml", []byte(minimal+c.text), nil, never)
		require.NoError(t, err)
		require.Equal(t, c.want, j.AsOf.String())
		require.Equal(t, c.want == "latest", j.AsOf.Latest)
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "shop.yaml")
	require.NoError(t, os.WriteFile(path, []byte(minimal), 0o600))
	j, err := job.Load(path, []string{"output.dir=elsewhere"}, noon)
	require.NoError(t, err)
	require.Equal(t, dir, j.Dir)
	require.Equal(t, "elsewhere", j.Output.Dir)
}

func TestLoadWithoutAFile(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir("folder", 0o700))
	for path, want := range map[string]string{
		"nosuch.yaml": "nosuch.yaml: no such file; check the path",
		"folder":      "folder: is a directory; give the job file in it",
	} {
		_, err := job.Load(path, nil, noon)
		var all job.Errors
		require.ErrorAs(t, err, &all)
		require.EqualError(t, err, want)
	}
}
