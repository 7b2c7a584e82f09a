package analytics

import (
	"fmt"
	"strconv"
	"strings"

	"clientele/internal/bilingual"
	"clientele/segment"
	"clientele/segment/lifecycle"
	"clientele/segment/tier"
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
		return n.stageRule(lifecycle.Stage(group))
	}
}

// scoreRule is the boxes of a named segment, such as `r 4-5, f 2-3`.
func (n *night) scoreRule(key string) string {
	var boxes []string
	for _, rule := range n.scheme.Rules {
		if rule.Key != key {
			continue
		}
		parts := n.boxOf(rule)
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

// boxOf is what a rule asks of each score or, where the table goes by a split, of
// the numbers themselves.
func (n *night) boxOf(rule segment.Rule) []string {
	if split := n.cuts.Split; n.scheme.Name == cn8 && split != nil {
		const near = 2
		sign := func(g segment.Range, good, bad string) string {
			if g.Holds(near) {
				return good
			}
			return bad
		}
		return []string{
			"recency_days " + sign(rule.R, "<= ", "> ") + plain(split.RecencyDays),
			"frequency " + sign(rule.F, ">= ", "< ") + plain(split.Frequency),
			"monetary " + sign(rule.M, ">= ", "< ") + plain(split.Monetary),
		}
	}
	var parts []string
	for _, axis := range []struct {
		name string
		segment.Range
	}{{"r", rule.R}, {"f", rule.F}, {"m", rule.M}} {
		if axis.Range != (segment.Range{}) {
			parts = append(parts, axis.name+" "+between(axis.Range))
		}
	}
	return parts
}

func between(g segment.Range) string {
	if g.Lo == g.Hi {
		return strconv.Itoa(int(g.Lo))
	}
	return fmt.Sprintf("%d-%d", g.Lo, g.Hi)
}

// tierRule is what it takes to come to a level, such as `spend >= 500; at most 5%
// of customers`.
func (n *night) tierRule(name string) string {
	for _, t := range n.job.Tiers.Levels {
		if t.Name != name {
			continue
		}
		parts := thresholds(t.Qualify.All)
		if len(t.Qualify.Any) > 0 {
			parts = append(parts, strings.Join(thresholds(t.Qualify.Any), n.words(" or ", " 或 ")))
		}
		rule := strings.Join(parts, ", ")
		if rule == "" {
			rule = n.words("open to everybody", "面向所有客户")
		}
		if limit := n.limitText(t.Limit); limit != "" {
			rule += "; " + limit
		}
		return rule
	}
	return n.words("in no tier", "无等级")
}

func thresholds(list []tier.Threshold) []string {
	parts := make([]string, len(list))
	for i, t := range list {
		parts[i] = t.Metric + " >= " + plain(t.AtLeast)
	}
	return parts
}

func (n *night) limitText(l *tier.Limit) string {
	switch {
	case l == nil:
		return ""
	case l.Count > 0:
		return fmt.Sprintf(n.words("at most %d customers", "最多 %d 名客户"), l.Count)
	case l.Budget > 0:
		return fmt.Sprintf(n.words("within a budget of %s", "预算 %s 以内"), plain(l.Budget))
	}
	return fmt.Sprintf(n.words("at most %s%% of customers", "最多 %s%% 的客户"), plain(100*l.Share))
}

// stageRule is the job's thresholds for a stage.
func (n *night) stageRule(s lifecycle.Stage) string {
	rules := n.job.Stages
	formation, stability := rules.Formation.PurchaseDays, rules.Stability
	switch s {
	case lifecycle.Exploration:
		return fmt.Sprintf(n.words("fewer than %d purchase days, no decline", "购买天数少于 %d，无退化"), formation)
	case lifecycle.Formation:
		return fmt.Sprintf(n.words("%d purchase days or more, not stable, no decline", "购买天数不少于 %d，未稳定，无退化"), formation)
	case lifecycle.Stability:
		return fmt.Sprintf(n.words(
			"%d purchase days or more over %s or more, spend_cv <= %s, steady gaps, no decline",
			"购买天数不少于 %d，历时不少于 %s，spend_cv <= %s，间隔平稳，无退化"),
			stability.PurchaseDays, stability.Tenure, plain(stability.SpendCV))
	default:
		return "momentum < " + plain(rules.Decline.Momentum)
	}
}

// words gives the job's language of the two that there are.
func (n *night) words(en, zh string) string {
	return bilingual.Text{EN: en, ZH: zh}.In(n.job.Output.Language)
}

// plain is a number without an exponent or needless zeros.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
