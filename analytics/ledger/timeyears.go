package ledger

import (
	"context"
	"strings"

	"clientele/analytics/job"
)

// 24/01/31 is a day of 2024 in Japan and Hungary, and one of 2031 in most of the world. Until
// 2031 every such value reads both ways. So the values together tell which part may be the
// year: years are few, and days are many.

// weighSeldom drops what notations read that are seldom meant. It keeps that where the job says
// their order, or the samples look like it.
func (p *Plan) weighSeldom(ctx context.Context, source int, r *timeReading) error {
	reads := 0
	for i, n := range notations {
		if n.seldom {
			reads += r.reads[i]
		}
	}
	if reads == 0 || r.stated == job.YearFirstDates {
		return nil
	}
	leads, err := p.yearLeads(ctx, source)
	if err != nil || leads {
		return err
	}
	for i, n := range notations {
		if n.seldom {
			r.reads[i] = 0
		}
	}
	return nil
}

// manyYears is how many different values are too many for years: the exports of a shop seldom
// reach back so far, and half a month of purchases has as many days.
const manyYears = 12

// yearLeads tells whether dates of three numbers of two digits look as if the first were the
// year: the last has many values, and the first no more than half as many.
func (p *Plan) yearLeads(ctx context.Context, source int) (bool, error) {
	var texts []string
	for _, b := range p.batches {
		if text, is := b.sampleTimes(); is && b.source == source {
			texts = append(texts, "SELECT v FROM "+text)
		}
	}
	if len(texts) == 0 {
		return false, nil
	}
	const parts = `regexp_extract(v, '^(\d\d)[/.]\d\d?[/.](\d\d)\b', ['first', 'last'])`
	n, err := counted(ctx, p.engine, "count(DISTINCT d.first), count(DISTINCT d.last)",
		"(SELECT "+parts+" AS d FROM ("+strings.Join(texts, " UNION ALL ")+")) WHERE d.first <> ''")
	if err != nil {
		return false, err
	}
	return n[1] >= manyYears && 2*n[0] <= n[1], nil
}
