package job_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/feeds/shapes"
	"clientele/analytics/job"
	"clientele/analytics/persons"
	"clientele/segment/quality"
	"clientele/segment/tier"
)

// The settings in force are a valid job file that gives the same job: a run
// can be repeated from its manifest.
func TestSettingsReadBackToTheSameJob(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawJob(t)
		settings, err := json.Marshal(want)
		require.NoError(t, err)
		never := func() time.Time { panic("the settings leave as_of open") }
		got, err := job.Parse("conf/settings.json", settings, nil, never)
		require.NoError(t, err, string(settings))
		for i := range got.Sources {
			got.Sources[i] = withoutPlace(got.Sources[i])
		}
		got.Activation = withoutPlaces(got.Activation)
		require.Equal(t, &want, got)
		again, err := json.Marshal(got)
		require.NoError(t, err)
		require.Equal(t, string(settings), string(again))
	})
}

// withoutPlace is the source as code would make it, with no positions.
func withoutPlace(s job.Source) job.Source {
	return job.Source{
		Path: s.Path, Format: s.Format, Timezone: s.Timezone, Columns: s.Columns, Where: s.Where, Returns: s.Returns,
		Encoding: s.Encoding, FillDown: s.FillDown, Malformed: s.Malformed, Duplicates: s.Duplicates, Numbers: s.Numbers, Dates: s.Dates, LineRules: s.LineRules,
		Join: s.Join, Records: s.Records, Sheet: s.Sheet,
	}
}

// expression is text as people and YAML's authors would rather not have it.
var expression = rapid.OneOf(
	rapid.SampledFrom([]string{
		"off", "null", "~", "- x", "a: b", "'", `"`, "#", "x # y", "*a", "&b", "!c", "[", "{", "%", "@", "`", "2011",
		"0x10", "1e3", "é", "零售", "a\nb", "\\", "<", "a\u2028b", "a\tb", "|", ">", "? x", "---", "😀", "\x7f", "x\u0000y",
	}),
	rapid.StringMatching(`[!-~]([ -~]{0,20}[!-~])?`),
)

// drawJob makes any job that a file could give.
func drawJob(t *rapid.T) job.Job {
	j := job.Defaults()
	j.Dir = "conf"
	j.Name = rapid.StringMatching(`[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,20}`).Draw(t, "name")
	j.AsOf = job.AsOf{Latest: true}
	if rapid.Bool().Draw(t, "dated") {
		j.AsOf = job.AsOf{Day: time.Unix(86400*rapid.Int64Range(-9000, 40000).Draw(t, "day"), 0).UTC()}
	}
	j.Timezone = rapid.SampledFrom([]string{"UTC", "Europe/London", "Asia/Shanghai"}).Draw(t, "timezone")
	location, err := time.LoadLocation(j.Timezone)
	require.NoError(t, err)
	j.Location = location
	j.Currency = rapid.SampledFrom([]string{"", "GBP", "CNY"}).Draw(t, "currency")
	j.Sources = rapid.SliceOfN(rapid.Custom(drawSource), 1, 3).Draw(t, "sources")
	drawIdentity(t, &j)
	if rapid.Bool().Draw(t, "accounts") {
		j.Sources[0].Columns.Parent = expression.Draw(t, "parent")
		j.Hierarchy = &job.Hierarchy{Level: rapid.SampledFrom([]job.HierarchyLevel{job.LevelCustomer, job.LevelTop}).Draw(t, "level")}
	}
	drawStages(t, &j)
	if rapid.Bool().Draw(t, "tiered") {
		j.Tiers = drawTiers(t)
	}
	if rapid.Bool().Draw(t, "guarded") {
		j.Guard = drawGuard(t)
	}
	if rapid.Bool().Draw(t, "activated") {
		j.Activation = drawActivation(t)
	}
	if rapid.Bool().Draw(t, "fed") {
		j.Feeds = drawFeeds(t)
	}
	j.Output.Dir = expression.Draw(t, "dir")
	j.Output.Formats = rapid.SampledFrom([][]string{{"csv"}, {"parquet"}, {"csv", "parquet"}}).Draw(t, "formats")
	j.Output.Language = rapid.SampledFrom([]string{"en", "zh"}).Draw(t, "language")
	j.Output.CSV = rapid.SampledFrom([]string{job.MachineCSV, job.SpreadsheetCSV}).Draw(t, "csv")
	j.Output.Keep = rapid.SampledFrom([]job.Nights{0, 2, 400}).Draw(t, "keep")
	j.Output.Rejects = rapid.SampledFrom([]string{job.FaultyRejects, job.AllRejects}).Draw(t, "rejects")
	return j
}

// drawIdentity says which ids are one person: the first source maps the keys.
func drawIdentity(t *rapid.T, j *job.Job) {
	if !rapid.Bool().Draw(t, "identity") {
		return
	}
	j.Identity = &job.Identity{
		Normalise: rapid.SampledFrom([][]persons.Rule{{persons.Trim}, {persons.Lower, persons.DropLeadingZeros}, persons.AllRules}).Draw(t, "normalise"),
		Map:       rapid.SampledFrom([]string{"", "ids.csv"}).Draw(t, "map"),
		Keys:      rapid.SampledFrom([][]string{nil, {"phone"}, {"phone", "email"}}).Draw(t, "keys"),
		Cap:       rapid.IntRange(1, 100).Draw(t, "cap"),
	}
	for _, key := range j.Identity.Keys {
		if j.Sources[0].Columns.Keys == nil {
			j.Sources[0].Columns.Keys = map[string]string{}
		}
		j.Sources[0].Columns.Keys[key] = expression.Draw(t, key)
	}
}

// drawSource makes one source.
func drawSource(t *rapid.T) job.Source {
	s := job.Source{
		Encoding:   rapid.SampledFrom([]string{job.AutoEncoding, "utf-8", "gb18030", "iso-8859-15"}).Draw(t, "encoding"),
		Malformed:  rapid.SampledFrom([]float64{0, 0.001, 0.01, 1}).Draw(t, "malformed"),
		Duplicates: rapid.SampledFrom([]job.DuplicateRule{job.WarnOfDuplicates, job.DropDuplicates, job.KeepDuplicates}).Draw(t, "duplicates"),
		Dates:      rapid.SampledFrom([]job.Dates{{job.AutoDates}, {job.DayFirstDates}, {"%d.%m.%Y"}, {"%d.%m.%Y", "%Y-%m-%d"}}).Draw(t, "dates"),
		Numbers:    rapid.SampledFrom([]job.Numbers{job.AutoNumbers, job.PointCommaNumbers, job.ApostropheNumbers}).Draw(t, "numbers"),

		Path:   expression.Draw(t, "path"),
		Format: rapid.SampledFrom([]job.Format{"", job.CSV, job.Parquet, job.JSON}).Draw(t, "format"),
		Columns: job.Columns{
			Customer: expression.Draw(t, "customer"),
			Time:     expression.Draw(t, "time"),
			Amount:   expression.Draw(t, "amount"),
		},
	}
	if rapid.Bool().Draw(t, "more") {
		s.Where, s.Returns = expression.Draw(t, "where"), expression.Draw(t, "returns")
		s.Timezone = rapid.SampledFrom([]string{"", "America/New_York"}).Draw(t, "source timezone")
		s.Join = []job.Join{{Path: expression.Draw(t, "joined path"), As: "other", Format: job.JSON, Encoding: "big5", On: []job.JoinKey{
			{Left: expression.Draw(t, "left"), Right: expression.Draw(t, "right")}, {Left: "a", Right: "b"},
		}}}
		s.Columns.Channel = expression.Draw(t, "channel")
		s.Columns.Region, s.Columns.Clock = expression.Draw(t, "region"), expression.Draw(t, "clock")
		s.Columns.Order, s.Columns.Product = expression.Draw(t, "order"), expression.Draw(t, "product")
		s.Columns.OriginalOrder, s.Columns.Refund = expression.Draw(t, "original order"), expression.Draw(t, "refund")
		s.AmountIs = rapid.SampledFrom([]job.AmountRule{"", job.LineAmount, job.OrderAmount}).Draw(t, "amount is")
		s.ExcludeProducts = rapid.SliceOfNDistinct(expression, 1, 3, rapid.ID).Draw(t, "exclude products")
		s.Columns.Attributes = rapid.MapOfN(rapid.StringMatching(`a[a-z0-9_]{1,8}`), expression, 1, 3).Draw(t, "attributes")
	}
	return s
}

// drawSpan makes a length of time, or one of the words.
func drawSpan(t *rapid.T, label string, words ...string) job.Span {
	if len(words) > 0 && rapid.Bool().Draw(t, label+" is a word") {
		return job.Span{Word: rapid.SampledFrom(words).Draw(t, label)}
	}
	return job.Span{
		N:    rapid.IntRange(1, 100).Draw(t, label),
		Unit: rapid.SampledFrom([]job.Unit{job.Day, job.Week, job.Month, job.Year}).Draw(t, label+" unit"),
	}
}

// drawStages sets the parts of a job that can be off.
func drawStages(t *rapid.T, j *job.Job) {
	j.RFM.Window = drawSpan(t, "rfm window", job.All)
	drawScores(t, j)
	j.RFM.Refit = rapid.SampledFrom([]job.RefitRule{job.RefitNever, job.RefitMonthly, job.RefitAlways}).Draw(t, "refit")
	j.CLV = &job.CLV{
		Model:         rapid.SampledFrom([]string{job.AutoModel, "pareto-nbd", "nbd", "mbg-nbd", "bg-nbd"}).Draw(t, "model"),
		Choose:        rapid.SampledFrom([]job.RefitRule{job.RefitNever, job.RefitMonthly, job.RefitAlways}).Draw(t, "choose"),
		Unit:          rapid.SampledFrom([]job.Unit{job.Day, job.Week, job.Month}).Draw(t, "unit"),
		Horizon:       drawSpan(t, "horizon", job.Forever),
		DiscountRate:  rapid.Float64Range(1e-9, 9).Draw(t, "rate"),
		Margin:        rapid.Float64Range(1e-9, 1).Draw(t, "margin"),
		ReferralShare: job.ReferralShare(rapid.Float64Range(0, 1).Draw(t, "referral share")),
		Costs:         job.Costs{Acquisition: drawAcquisition(t, j.Sources)},
	}
	if rapid.Bool().Draw(t, "referral") {
		j.Sources[0].Columns.Referrer = expression.Draw(t, "referrer")
		j.Referral = &job.Referral{Share: rapid.Float64Range(0, 0.5).Draw(t, "share"), Depth: rapid.IntRange(1, 20).Draw(t, "depth")}
		j.CLV.ReferralShare = 1
	}
	j.Quality = quality.Rules{
		Customers: rapid.IntRange(1, 1e6).Draw(t, "group of customers"), Reachable: rapid.Float64Range(1e-9, 1).Draw(t, "reachable"),
	}
	j.Stages.Stability.Tenure = drawSpan(t, "tenure", job.Auto)
	j.Stages.Lost.PAlive = rapid.Float64Range(1e-9, 0.999).Draw(t, "p_alive")
	switch rapid.IntRange(0, 3).Draw(t, "off") {
	case 0:
		j.Stages = nil
	case 1:
		j.Stages, j.RFM, j.CLV, j.Referral = nil, nil, nil, nil
		j.Pyramid.Value = "net"
	case 2:
		j.Pyramid = nil
	}
}

// drawAcquisition makes what winning a customer costs, by channel where a source maps one.
func drawAcquisition(t *rapid.T, sources []job.Source) job.Acquisition {
	if rapid.Bool().Draw(t, "spend") {
		return job.Acquisition{Spend: expression.Draw(t, "spend file")}
	}
	a := job.Acquisition{Each: rapid.Float64Range(0, 1e9).Draw(t, "acquisition")}
	if sources[0].Columns.Channel != "" {
		a.Channels = rapid.MapOfN(expression, rapid.Float64Range(0, 1e9), 1, 3).Draw(t, "channels")
	}
	return a
}

// drawScores sets how customers are scored and which segments they form.
func drawScores(t *rapid.T, j *job.Job) {
	r := j.RFM
	r.Unit = rapid.SampledFrom([]string{job.UnitOrder, job.UnitDay}).Draw(t, "rfm unit")
	r.Monetary = rapid.SampledFrom([]string{"sum", "mean", "median", "max"}).Draw(t, "monetary")
	switch r.Method = rapid.SampledFrom([]string{"quantile", "thresholds", "nested", "r-rfm"}).Draw(t, "method"); r.Method {
	case "thresholds":
		first := rapid.Float64Range(-1e6, 1e6).Draw(t, "threshold")
		cuts := []float64{first, first + 1, first + 2, first + 3}
		r.Thresholds = &job.Thresholds{R: cuts, F: cuts, M: cuts}
		r.Closed = rapid.SampledFrom([]string{"right", "left"}).Draw(t, "closed")
	case "nested":
		r.MinCell = rapid.SampledFrom([]int{0, 2, 50}).Draw(t, "min cell")
	}
	if rapid.Bool().Draw(t, "weighted") {
		r.Weights = &job.Weights{R: rapid.Float64Range(1e-3, 1e6).Draw(t, "weight")}
	}
	switch r.Segments.Table = rapid.SampledFrom([]string{"rf-grid", "rfm10", "rfm10-legacy", "putler11", "cn8", ""}).Draw(t, "segments"); r.Segments.Table {
	case "cn8":
		r.Split = rapid.SampledFrom([]*job.Split{{Rule: "mean"}, {Rule: "median"}, {Fixed: job.FixedSplit{RecencyDays: 10, Monetary: 0.5}}}).Draw(t, "split")
	case "":
		r.Segments.Rules = []job.SegmentRule{{Name: expression.Draw(t, "rule"), R: &job.ScoreRange{2, 5}}, {Name: "rest", Label: "x", F: &job.ScoreRange{1, 1}}}
	}
}

// drawTiers makes levels that are in order, in the metrics of no stage.
func drawTiers(t *rapid.T) *job.Tiers {
	silver := rapid.Float64Range(-1e6, 1e6).Draw(t, "silver")
	tiers := &job.Tiers{
		Window:    drawSpan(t, "tiers window", job.CalendarYear, job.MembershipYear, job.TierYear, job.Lifetime),
		Term:      drawSpan(t, "term"),
		Grace:     drawSpan(t, "grace", job.None),
		Warn:      drawSpan(t, "warn", job.None),
		Downgrade: rapid.SampledFrom([]tier.Downgrade{tier.OneStep, tier.ToEarned}).Draw(t, "downgrade"),
		Apply:     rapid.SampledFrom([]job.Apply{job.AtReview, job.AtOnce}).Draw(t, "apply"),
		Start:     rapid.SampledFrom([]job.Start{job.StartReplay, job.StartTonight}).Draw(t, "start"),
		Returns:   rapid.SampledFrom([]job.Returns{job.ReturnsKeep, job.ReturnsReverse}).Draw(t, "returns"),
		Pins:      rapid.SampledFrom([]string{"", "pins.csv"}).Draw(t, "pins"),
		Levels: []tier.Tier{
			{
				Name:    "silver",
				Qualify: tier.Criteria{All: []tier.Threshold{{Metric: "spend", AtLeast: silver}}},
				Keep:    &tier.Criteria{All: []tier.Threshold{{Metric: "spend", AtLeast: silver - 1}}},
			},
			{Name: "gold", Qualify: tier.Criteria{
				All: []tier.Threshold{{Metric: "spend", AtLeast: silver + 1}},
				Any: []tier.Threshold{{Metric: "orders", AtLeast: 2}, {Metric: "purchase_days", AtLeast: 3}},
			}},
		},
	}
	switch rapid.IntRange(0, 3).Draw(t, "limit") {
	case 0:
		tiers.Levels[1].Limit = &tier.Limit{Share: rapid.Float64Range(1e-6, 1).Draw(t, "share"), By: "orders", Margin: 0.1}
	case 1:
		tiers.Levels = append(tiers.Levels, tier.Tier{Name: "top", Limit: &tier.Limit{Count: 7, By: "spend", Ties: tier.TiesInclude}})
	case 2:
		tiers.Levels[1].Limit = &tier.Limit{Budget: 100, CostRate: 0.1, CostMetric: "spend", By: "spend"}
	}
	return tiers
}

// drawGuard makes a safety valve with at least one limit.
func drawGuard(t *rapid.T) *job.Guard {
	g := &job.Guard{Downgrades: rapid.Float64Range(1e-6, 1).Draw(t, "downgrades")}
	if rapid.Bool().Draw(t, "aged") {
		age := drawSpan(t, "age")
		g.Age = &age
	}
	return g
}

// drawFeeds makes feeds of profiles under drawn names.
func drawFeeds(t *rapid.T) []job.Feed {
	names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z_]{1,8}`), 1, 4, rapid.ID[string]).Draw(t, "properties")
	f := job.Feed{Shape: "csv", Send: []string{"profiles"}, IDs: shapes.Fields{{Name: "customer_id", Column: "orders"}}}
	for _, name := range names {
		f.Properties = append(f.Properties, shapes.Field{Name: name, Column: "last_day"})
	}
	return []job.Feed{f}
}
