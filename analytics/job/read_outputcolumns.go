package job

import (
	"slices"
	"strconv"

	"clientele/analytics/publication/column"
)

// readOutputColumns reads which columns customers.csv has, in which order; nil: all that
// there are.
func readOutputColumns(in *section, j *Job) []string {
	names, given := readDistinct(in, "columns", "column", "a list of columns of customers, such as [rank, customer_id, clv]")
	if !given {
		return nil
	}
	for i, item := range in.value("columns").items {
		if !slices.Contains(names, item.text) {
			continue // reported
		}
		in.checkColumn(item, join(in.key("columns"), strconv.Itoa(i)), j)
	}
	return names
}

// checkColumn refuses a column that customers will not have.
func (s *section) checkColumn(item *node, path string, j *Job) {
	if !slices.Contains(j.listedColumns(), item.text) {
		s.report(item.at, path, "unknown column %s; %s", quoted(item.text), suggestion(item.text, j.listedColumns(), "docs/columns.md has them all"))
	} else if why := j.lacksColumn(item.text); why != "" {
		s.report(item.at, path, "%s needs %s or remove the column", quoted(item.text), why)
	}
}

// lacksColumn says what a column of customers needs that the job does not have, and what to
// do; empty: the publication has it.
func (j *Job) lacksColumn(name string) string {
	c, own := column.Named(column.Customers, name)
	switch {
	case own && c.Stage == column.Interests && !j.offSettings()[c.Setting()] && !j.mapsThings():
		return "a source that maps category or product; map one"
	case own && j.offSettings()[c.Setting()]:
		return c.Setting() + ", which the job does not have; give it"
	case !slices.Contains(j.Output.Formats, "parquet") && j.Output.Columns != nil && !slices.Contains(j.Output.Columns, name):
		return "output.columns to list it, or parquet in output.formats; add one"
	}
	return ""
}

// mapsThings tells whether a source says what its rows are of.
func (j *Job) mapsThings() bool {
	return slices.ContainsFunc(j.Sources, func(s Source) bool { return s.Columns.Category != "" || s.Columns.Product != "" })
}

// listedColumns are the columns that customers can have: those of the program, then what
// the sources map.
func (j *Job) listedColumns() (names []string) {
	for _, c := range column.Customers {
		names = append(names, c.Name)
	}
	var mapped []string
	for _, s := range j.Sources {
		if s.Columns.Channel != "" {
			mapped = append(mapped, "channel")
		}
		if s.Columns.Region != "" {
			mapped = append(mapped, "region")
		}
		for name := range s.Columns.Attributes {
			mapped = append(mapped, name)
		}
	}
	slices.Sort(mapped)
	return append(names, slices.Compact(mapped)...)
}

// CustomerColumns are the columns of customers that the job publishes, mapped attributes
// last.
func (j *Job) CustomerColumns() (all []*column.Column) {
	off := j.offSettings()
	for _, c := range column.Customers {
		if !off[c.Setting()] && (c.Stage != column.Interests || j.mapsThings()) {
			all = append(all, c)
		}
	}
	numbers := j.MappedMetrics()
	for _, name := range j.listedColumns()[len(column.Customers):] {
		kind := column.Text
		if slices.Contains(numbers, name) {
			kind = column.Amount
		}
		all = append(all, &column.Column{Name: name, Type: kind, Stage: column.Base})
	}
	return all
}

// offSettings are the settings of columns that a job does not have; see column.Setting.
func (j *Job) offSettings() map[string]bool {
	return map[string]bool{
		"rfm": j.RFM == nil, "rfm.weights": j.RFM == nil || j.RFM.Weights == nil, "clv": j.CLV == nil, "tiers": j.Tiers == nil,
		"stages": j.Stages == nil, "stages.interests": j.Stages == nil || j.Stages.Interests.Off, "pyramid": j.Pyramid == nil,
		"consent": j.Consent == nil && !j.Activation.Binds(), "sources": len(j.Sources) < 2,
		"sources[].columns.referrer": j.CLV == nil || !j.mapsReferrers(), "referral": j.Referral == nil,
	}
}

// readRankBy reads by what customers are ranked. A number that no night has is refused.
func readRankBy(in *section, j *Job, out *RankBy) {
	choice(in, "rank_by", "column to rank by", out, RankByCLV, RankByFuture, RankByRisk)
	c, _ := column.Named(column.Customers, string(*out))
	switch {
	case *out == RankByCLV: // without clv, by what customers have spent
	case j.CLV == nil:
		in.fail("rank_by", "%s needs clv, which is off; turn it on or choose another column", *out)
	case j.offSettings()[c.Setting()]:
		in.fail("rank_by", "%s needs %s, which is off; turn it on or choose another column", *out, c.Setting())
	}
}
