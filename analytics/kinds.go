package analytics

// kind is a way in which the night groups its customers.
type kind struct {
	name   string // as segments.csv has it
	column string // of customers and of the state, which has the group's name
	of     func(customer int) string
	rule   func(group string) string // nil: ruleOf
}

// kindsInOrder are the kinds whose groups are judged, in the order of
// segments.csv.
var kindsInOrder = []kind{{name: "rfm", column: "segment"}, {name: "tier", column: "tier"}, {name: "stage", column: "stage"}}

// kinds are those that the job's stages make.
func (n *night) kinds() []kind {
	var all []kind
	for _, k := range kindsInOrder {
		switch {
		case k.name == "rfm" && n.scores != nil:
			k.of, k.rule = n.scoreKind().Of, n.scoreKind().Rule
		case k.name == "tier" && n.tiers != nil:
			k.of = func(i int) string { return n.tierName(n.tiers.Level[i]) }
		case k.name == "stage" && n.stages != nil:
			k.of = func(i int) string { return string(n.stages.Stage[i]) }
		default:
			continue
		}
		all = append(all, k)
	}
	return all
}
