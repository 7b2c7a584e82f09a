package analytics

import (
	"fmt"
	"strconv"
	"strings"

	"clientele/analytics/job"
	"clientele/segment"
)

// ruleOf says in words who belongs to a group, in the job's language where they
// are words and not formulas.
func (n *night) ruleOf(kind, group string) string {
	switch kind {
	case "rfm":
		return n.scoreRule(group)
	case "tier":
		return n.tierRule(group)
	default:
		return n.stageRule(segment.Stage(group))
	}
}

// scoreRule is the box of a named segment, such as `r 4-5, f 2-3`.
func (n *night) scoreRule(key string) string {
	var boxes []string
	for _, rule := range n.scheme.Rules {
		if rule.Key != key {
			continue
		}
		var parts []string
		for _, axis := range []struct {
			name string
			segment.Range
		}{{"r", rule.R}, {"f", rule.F}, {"m", rule.M}, {"mean of f and m", rule.FM}} {
			if axis.Range != (segment.Range{}) {
				parts = append(parts, axis.name+" "+between(axis.Range))
			}
		}
		if len(parts) == 0 {
			parts = []string{n.words("any score", "任意分数")}
		}
		boxes = append(boxes, strings.Join(parts, ", "))
	}
	if len(boxes) == 0 {
		return n.words("no rule of "+n.scheme.Name+" matches", n.scheme.Name+" 中无规则匹配")
	}
	return strings.Join(boxes, n.words("; or ", "；或 "))
}

func between(g segment.Range) string {
	if g.Lo == g.Hi {
		return strconv.Itoa(int(g.Lo))
	}
	return fmt.Sprintf("%d-%d", g.Lo, g.Hi)
}

// tierRule is what a level asks, such as `spend >= 500, at most 5% of customers
// by clv`.
func (n *night) tierRule(name string) string {
	for _, l := range n.job.Tiers.Levels {
		if l.Name != name {
			continue
		}
		var parts, any []string
		for _, metric := range l.Qualify.Metrics() {
			if least, ok := l.Qualify.All[metric]; ok {
				parts = append(parts, metric+" >= "+plain(least))
			}
			if least, ok := l.Qualify.Any[metric]; ok {
				any = append(any, metric+" >= "+plain(least))
			}
		}
		if len(any) > 0 {
			parts = append(parts, strings.Join(any, n.words(" or ", " 或 ")))
		}
		if l.Limit != nil {
			parts = append(parts, n.limitRule(*l.Limit))
		}
		return strings.Join(parts, ", ")
	}
	return n.words("earns no level", "未达到任何等级")
}

// stageRule is the job's thresholds for a stage.
func (n *night) stageRule(s segment.Stage) string {
	rules := n.job.Stages
	formation, stability := rules.Formation.PurchaseDays, rules.Stability
	switch s {
	case segment.Exploration:
		return fmt.Sprintf(n.words("fewer than %d purchase days, no decline", "购买天数少于 %d，无退化"), formation)
	case segment.Formation:
		return fmt.Sprintf(n.words("%d purchase days or more, not stable, no decline", "购买天数不少于 %d，未稳定，无退化"), formation)
	case segment.Stability:
		return fmt.Sprintf(n.words(
			"%d purchase days or more over %s or more, spend_cv <= %s, steady gaps, no decline",
			"购买天数不少于 %d，历时不少于 %s，spend_cv <= %s，间隔平稳，无退化"),
			stability.PurchaseDays, stability.Tenure, plain(stability.SpendCV))
	default:
		return "decline_p <= " + plain(rules.Decline.Alpha)
	}
}

// words gives the job's language of the two that there are.
func (n *night) words(en, zh string) string {
	return segment.Label{EN: en, ZH: zh}.In(n.job.Output.Language)
}

// plain is a number without an exponent or needless zeros.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// limitRule is how many a level may hold.
func (n *night) limitRule(l job.Limit) string {
	switch {
	case l.Count > 0:
		return fmt.Sprintf(n.words("at most %d customers by %s", "按 %[2]s 最多 %[1]d 名客户"), l.Count, l.By)
	case l.Budget > 0:
		return fmt.Sprintf(n.words("as many by %[2]s as %[1]s pays for", "按 %[2]s 在预算 %[1]s 之内"), plain(l.Budget), l.By)
	default:
		return fmt.Sprintf(n.words("at most %s%% of customers by %s", "按 %[2]s 最多 %[1]s%% 的客户"), plain(100*l.Share), l.By)
	}
}
