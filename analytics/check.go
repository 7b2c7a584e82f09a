package analytics

import (
	"context"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/scores"
	"clientele/analytics/tiers"
	"clientele/internal/wording"
	"clientele/segment"
)

// Findings is what a check saw: the files and columns that the job would use,
// and what became of a sample of their rows.
type Findings struct {
	Files int
	// Encodings are those of the text files, each of which was looked at to its
	// end.
	Encodings []ledger.FileEncoding
	Mappings  []ledger.Mapping
	Sample    ledger.Account
	Seen      ledger.Seen     // of the sample
	Expected  ledger.Expected // of all rows
	Warnings  []string
	Shapes    []string // what was decided about how files are laid out
	// Tiers is whom changed rules of the programme would move; nil where the
	// rules are those of the night before, or there is none.
	Tiers *tiers.Rehearsal
	// Segments is the table of segments, and Lint what there is to say about it;
	// nil where rfm is off.
	Segments *segment.Scheme
	Lint     segment.Lint
	// Campaigns are the campaigns before anything is sent; nil where there are none.
	Campaigns *CampaignFindings
}

// Check does what [Run] does up to the ledger, for the first rows of the exports only,
// and publishes nothing. If the rules of the tiers have changed since the last night, it
// reads all rows and works out tonight's tiers, by the old rules and by the new. Errors
// are those of Run.
func Check(ctx context.Context, j *job.Job, o Options) (*Findings, error) {
	return inBudget(ctx, o, func(ctx context.Context, o Options) (*Findings, error) { return check(ctx, j, o) })
}

func check(ctx context.Context, j *job.Job, o Options) (_ *Findings, err error) {
	s, err := openToLook(ctx, j, o)
	if err != nil {
		return nil, err
	}
	defer s.close(&err)
	if err := s.loadSample(ctx, o.Step); err != nil {
		return nil, err
	}
	say := wording.In(j.Output.Language)
	found := &Findings{Files: s.plan.FileCount(), Mappings: s.plan.Mappings(), Sample: s.account, Shapes: s.plan.Shapes(), Warnings: accountWarnings(j, s.account)}
	found.Warnings = append(found.Warnings, say.WordAll(farOff(s.days, j.AsOf.Day))...)
	ids, err := s.plan.IDs(ctx)
	if err != nil {
		return nil, err
	}
	found.Warnings = append(found.Warnings, say.WordAll(lookAlikeWarnings(j, ids))...)
	services, err := s.plan.Services(ctx)
	if err != nil {
		return nil, err
	}
	found.Warnings = append(found.Warnings, say.WordAll(serviceWarnings(services))...)
	found.Warnings = append(found.Warnings, say.WordAll(fileWarnings(s.answers.files))...)
	if err := s.look(ctx, found); err != nil {
		return nil, err
	}
	if found.Encodings, err = s.plan.Encodings(ctx); err != nil {
		return nil, err
	}
	if j.RFM != nil {
		scheme := scores.SchemeOf(j.RFM)
		found.Segments, found.Lint = &scheme, scheme.Lint()
	}
	if found.Tiers, err = rehearse(ctx, j, o); err != nil {
		return nil, err
	}
	found.Campaigns, err = previewCampaigns(ctx, j, o)
	return found, err
}

// look adds what the sample shows to who looks at it.
func (s *session) look(ctx context.Context, found *Findings) (err error) {
	if err := s.plan.AddExamples(ctx, found.Mappings); err != nil {
		return err
	}
	if found.Seen, err = s.plan.See(ctx, s.account); err != nil {
		return err
	}
	found.Expected, err = s.plan.Expect(ctx)
	return err
}
