package lifecycle

import (
	"fmt"

	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication/column"
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
		Label: func(stage string) string { return stages.Stage(stage).Label().In(f.Job.Output.Language) },
		Rule:  func(stage string) string { return rule(stages.Stage(stage), f.Job.Stages, f.Words) },
	}
}

// rule is the job's thresholds for a stage.
func rule(s stages.Stage, rules *job.Stages, words func(en, zh string) string) string {
	formation, stability := rules.Formation.PurchaseDays, rules.Stability
	switch s {
	case stages.Exploration:
		return fmt.Sprintf(words("fewer than %d purchase days, no decline", "购买天数少于 %d，无退化"), formation)
	case stages.Formation:
		return fmt.Sprintf(words("%d purchase days or more, not stable, no decline", "购买天数不少于 %d，未稳定，无退化"), formation)
	case stages.Stability:
		return fmt.Sprintf(words(
			"%d purchase days or more over %s or more, spend_cv <= %s, steady gaps, no decline",
			"购买天数不少于 %d，历时不少于 %s，spend_cv <= %s，间隔平稳，无退化"),
			stability.PurchaseDays, stability.Tenure, night.Plain(stability.SpendCV))
	default:
		return "momentum < " + night.Plain(rules.Decline.Momentum)
	}
}
