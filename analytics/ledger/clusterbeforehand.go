package ledger

import (
	"context"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/scalar"
)

// CheckBeforehand looks at all that is wrong with a job whose exports a cluster reads, as far as
// the job file and the files of this machine tell: a mistake is to be known before anybody waits
// for a server. An error is one of those of [Prepare].
func CheckBeforehand(ctx context.Context, e engine.Engine, j *job.Job) error {
	known, err := scalar.ReadFunctions(ctx, e)
	if err != nil {
		return err
	}
	if _, err := j.ReadIDMap(); err != nil {
		return err
	}
	if j.Rates != "" {
		if _, err := openRates(j.Dir, j.Rates); err != nil {
			return err
		}
	}
	p := &Plan{engine: e, job: j}
	var wrong job.Errors
	for i, s := range j.Sources {
		found, err := p.checkSource(ctx, known, i, s)
		if err != nil {
			return err
		}
		wrong = append(wrong, found...)
	}
	if len(wrong) > 0 {
		return inFileOrder(wrong)
	}
	return nil
}

// checkSource is CheckBeforehand of a source.
func (p *Plan) checkSource(ctx context.Context, known scalar.Functions, i int, s job.Source) (wrong job.Errors, err error) {
	refuse := func(key, text string) {
		if text == "" {
			return
		}
		if err := scalar.RefuseOnSpark(ctx, p.engine, known, text); err != nil {
			wrong = append(wrong, violation(s, i, key, "%v", err))
		}
	}
	for _, x := range expressions(s) {
		refuse(x.key, x.sql)
	}
	for k, joined := range s.Join {
		l := &lookup{Join: joined, source: i, number: k}
		for _, on := range joined.On {
			refuse(l.key("on"), on.Left)
		}
		if _, _, err := findFiles(p.job.Dir, joined.Source(s, k)); err != nil {
			wrong = append(wrong, violation(s, i, l.key("path"), "%v", err))
		}
	}
	r := p.newTimeReading(s)
	if v, ok := p.checkPatterns(ctx, i, r); !ok {
		return append(wrong, v), ctx.Err()
	}
	if _, unread := notationsOnCluster(r); unread != "" {
		wrong = append(wrong, unreadDates(s, i, unread))
	}
	return wrong, ctx.Err()
}

// unreadDates is the error of a pattern of times that is not read on Spark.
func unreadDates(s job.Source, i int, pattern string) job.Violation {
	return violation(s, i, "dates", "%q has parts that are not read on Spark; %%d, %%m, %%Y, %%y, %%H, %%I, %%M, %%S and %%p are", pattern)
}
