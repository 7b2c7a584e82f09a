package job

import "slices"

// Hierarchy says what becomes of accounts that stand below others.
type Hierarchy struct {
	Level HierarchyLevel `json:"level"`
}

// HierarchyLevel is who the customer is, where accounts stand below others.
type HierarchyLevel string

// The levels.
const (
	LevelCustomer HierarchyLevel = "customer" // each account by itself; its value is rolled up
	LevelTop      HierarchyLevel = "top"      // the account at the top, with all below it
)

// readHierarchy reads who the customer is; nil where the file does not say. The sources must
// have been read.
func readHierarchy(root *section, j *Job) *Hierarchy {
	s := root.section("hierarchy")
	if s.node == nil {
		return nil
	}
	out := &Hierarchy{Level: LevelCustomer}
	choice(s, "level", "level", &out.Level, LevelCustomer, LevelTop)
	s.done()
	if !j.MapsParents() {
		root.fail("hierarchy", "no source says which account stands above a customer; map sources.0.columns.parent, or remove hierarchy")
	}
	return out
}

// MapsParents tells whether a source says which account stands above a customer.
func (j *Job) MapsParents() bool {
	return slices.ContainsFunc(j.Sources, func(s Source) bool { return s.Columns.Parent != "" })
}

// ByTop tells whether the account at the top is the customer.
func (j *Job) ByTop() bool { return j.Hierarchy != nil && j.Hierarchy.Level == LevelTop }
