package analytics

import (
	"fmt"
	"strconv"
	"strings"

	"clientele/internal/bilingual"
	"clientele/segment/tier"
)

// ruleOf says in words who belongs to a group, in the job's language where they
// are words and not formulas.
func (n *night) ruleOf(k kind, group string) string {
	if k.rule != nil {
		return k.rule(group)
	}
	return n.tierRule(group)
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

// words gives the job's language of the two that there are.
func (n *night) words(en, zh string) string {
	return bilingual.Text{EN: en, ZH: zh}.In(n.job.Output.Language)
}

// plain is a number without an exponent or needless zeros.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
