package column

// The state remembers an anchor night: which groups customers were in, and what they
// had bought by then. Later nights hold the groups against what was spent since. The
// cells of customers who came later are empty.
var (
	AnchorOrders = &Column{
		Name: "anchor_orders", Type: Count, Stage: Groups, Nullable: true,
		Doc: "orders by the anchor night, from which next-period spend is counted",
	}
	AnchorNet = &Column{
		Name: "anchor_net", Type: Amount, Stage: Groups, Nullable: true,
		Doc: "net spend by the anchor night",
	}
	AnchorSegment = &Column{
		Name: "anchor_segment", Type: Text, Stage: Groups, Asked: "rfm", Nullable: true,
		Doc: "segment on the anchor night",
	}
	// AnchorTier has nothing to do with TierTermsFrom, which is tier_anchor in the file.
	AnchorTier = &Column{
		Name: "anchor_tier", Type: Text, Stage: Groups, Asked: "tiers", Nullable: true,
		Doc: "tier on the anchor night",
	}
	AnchorStage = &Column{
		Name: "anchor_stage", Type: Text, Stage: Groups, Asked: "stages", Nullable: true,
		Doc: "stage on the anchor night",
	}
)

// Grouping is a way in which customers are grouped and the groups are judged.
type Grouping struct {
	Name   string  // as segments.csv and run.json have it
	Of     *Column // that has the group's name
	Anchor *Column // the same on the anchor night
}

// The ways to group customers.
var (
	BySegment = Grouping{Name: "rfm", Of: Segment, Anchor: AnchorSegment}
	ByTier    = Grouping{Name: "tier", Of: Tier, Anchor: AnchorTier}
	ByStage   = Grouping{Name: "stage", Of: LifecycleStage, Anchor: AnchorStage}
)

// Groupings are all of them, in the order of segments.csv. Levels of the pyramid are
// groups that are not judged, and no column tells them.
var Groupings = []Grouping{BySegment, ByTier, ByStage}
