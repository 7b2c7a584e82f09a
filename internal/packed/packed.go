// Package packed puts many texts that stay into few pieces of memory. Each by itself would take
// an allocation, and would lie among what was needed for a moment while it was written: that
// keeps memory from being given back.
package packed

// piece is about how many bytes of text lie in one piece of memory: many texts, and little
// beside the memory of a night.
const piece = 64 << 10

// Texts packs texts.
type Texts struct {
	packed []string
	block  []byte
	ends   []int // in block, of the texts that are not packed yet
}

// New makes room for so many texts.
func New(texts int) *Texts { return &Texts{packed: make([]string, 0, texts)} }

// Add adds a text, of which a copy is made.
func (t *Texts) Add(text []byte) {
	t.block = append(t.block, text...)
	t.ends = append(t.ends, len(t.block))
	if len(t.block) >= piece {
		t.All()
	}
}

// All are the texts that were added, in their order.
func (t *Texts) All() []string {
	whole, from := string(t.block), 0
	for _, end := range t.ends {
		t.packed = append(t.packed, whole[from:end])
		from = end
	}
	t.block, t.ends = t.block[:0], t.ends[:0]
	return t.packed
}
