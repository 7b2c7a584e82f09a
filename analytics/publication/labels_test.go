package publication_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
	"clientele/internal/wording"
)

// A night in English says the names of its groups in Chinese too, and those that the job
// file gives as they are; of a group that only the other night has, the name is known.
func TestLabelsInAnotherLanguage(t *testing.T) {
	night := &publication.Publication{Manifest: publication.Manifest{
		Settings: publication.Settings(`{"output":{"language":"en"},"rfm":{"segments":"rf-grid"}}`),
		Segments: []publication.Group{
			{Kind: "rfm", Name: "loyal", Label: "Loyal"}, {Kind: "rfm", Name: "others", Label: "Others"},
			{Kind: "tier", Name: "gold", Label: "gold"}, {Kind: "tier"},
			{Kind: "stage", Name: "decline", Label: "Decline"},
			{Kind: "pyramid", Name: "vip", Label: "VIP"}, {Kind: "pyramid", Name: "major", Label: "Major"},
			{Kind: "pyramid", Name: "ordinary", Label: "Ordinary"}, {Kind: "pyramid", Name: "small", Label: "Small"},
			{Kind: "pyramid", Name: "loss", Label: "Loss-making"},
		},
	}}
	before := &publication.Publication{Manifest: publication.Manifest{
		Settings: publication.Settings(`{"rfm":{"segments":[{"name":"whales","label":"Whales"}]}}`),
		Segments: []publication.Group{{Kind: "rfm", Name: "whales", Label: "Whales"}, {Kind: "pyramid", Name: "level_1", Label: "Level 1"}},
	}}
	for name, want := range map[[2]string]string{
		{"rfm", "loyal"}: "忠诚客户", {"rfm", "others"}: "其他客户", {"rfm", "whales"}: "Whales", {"rfm", "unheard_of"}: "unheard_of",
		{"tier", "gold"}: "gold", {"tier", ""}: "无等级", {"rfm", ""}: "（无）", {"stage", "decline"}: "退化期",
		{"pyramid", "vip"}: "最有价值客户", {"pyramid", "loss"}: "亏损客户", {"pyramid", "level_1"}: "第1层",
	} {
		require.Equal(t, want, publication.LabelsIn(wording.In("zh"), night, before, nil).Of(name[0], name[1]), name)
	}
	english := publication.LabelsIn(wording.In("en"), night, before).In(night.Segments)
	for i, g := range night.Segments {
		want := g.Label
		if g.Name == "" {
			want = "no tier"
		}
		require.Equal(t, want, english[i].Label)
	}
}
