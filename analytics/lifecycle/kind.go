package lifecycle

import (
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication/column"
	"clientele/internal/wording"
	stages "clientele/segment/lifecycle"
)

// Kind is the stages as a way to group customers.
func (r *Result) Kind(f *night.Frame) night.Kind {
	names := make([]string, len(stagesInOrder))
	for i, s := range stagesInOrder {
		names[i] = string(s)
	}
	return night.Kind{
		Grouping: column.ByStage, Names: names,
		Group: func(customer int) string { return string(r.Stage[customer]) },
		Label: func(stage string) string { return stages.Stage(stage).Label(f.Say()) },
		Rule:  func(stage string) string { return rule(stages.Stage(stage), f.Job.Stages, f.Say()) },
	}
}

// rule is the job's thresholds for a stage.
func rule(s stages.Stage, rules *job.Stages, say wording.Language) string {
	formation, stability := rules.Formation.PurchaseDays, rules.Stability
	switch s {
	case stages.Exploration:
		return say.Say("rule.exploration", "days", wording.Plain(formation))
	case stages.Formation:
		return say.Say("rule.formation", "days", wording.Plain(formation))
	case stages.Stability:
		return say.Say("rule.stability", "days", wording.Plain(stability.PurchaseDays),
			"tenure", stability.Tenure.In(say), "cv", night.Plain(stability.SpendCV))
	default:
		return "momentum < " + night.Plain(rules.Decline.Momentum)
	}
}
