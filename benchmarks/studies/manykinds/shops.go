package main

// shop is the shop that customers are in.
type shop struct {
	name   string
	has    func(kind) bool
	season func(day int32) float64 // speed; nil: 1
	// decliners is how many of each kind that declines or pauses there are for each
	// of a steady kind.
	decliners float64
	joins     bool // others join all the time
}

var shops = []shop{
	{name: "without seasons", has: mixed, decliners: 0.3, joins: true},
	{name: "with seasons", has: mixed, season: yearly, decliners: 0.3, joins: true},
	{name: "where hardly anybody leaves", has: mixed, decliners: 0.01, joins: true},
	{name: "of memoryless customers who buy every 30 days", has: alike(1, 30), decliners: 0.5},
	{name: "of bursty customers who buy every 30 days", has: alike(0.5, 30), decliners: 0.5},
	{name: "of regular customers who buy every 30 days", has: alike(4, 30), decliners: 0.5},
	{name: "of memoryless customers who buy every 45 days", has: alike(1, 45), decliners: 0.5},
}

// mixed shops have all kinds but those who buy every 45 days, who have a shop of
// their own.
func mixed(c kind) bool { return c.gap != 45 }

// alike shops have customers of one sort.
func alike(k, gap float64) func(kind) bool {
	return func(c kind) bool { return c.gap == gap && c.k == k }
}

// yearly is a year with twice the usual in November and December and two fifths
// of it in January and February.
func yearly(day int32) float64 {
	switch at := day % 365; {
	case at >= 304:
		return 2
	case at < 59:
		return 0.4
	}
	return 0.95
}
