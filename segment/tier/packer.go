package tier

// packedTogether is about how many bytes of text lie in one piece of memory: many texts, and
// little beside the memory of a night.
const packedTogether = 64 << 10

// packer packs many texts that stay into few pieces of memory. Each by itself would lie among
// what was needed for a moment while it was written, and keep that from being given back.
type packer struct {
	packed []string
	block  []byte
	ends   []int // in block, of the texts that are not packed yet
}

func newPacker(texts int) *packer { return &packer{packed: make([]string, 0, texts)} }

func (p *packer) add(text []byte) {
	p.block = append(p.block, text...)
	p.ends = append(p.ends, len(p.block))
	if len(p.block) >= packedTogether {
		p.all()
	}
}

// all are the texts that were added, in their order.
func (p *packer) all() []string {
	whole, from := string(p.block), 0
	for _, end := range p.ends {
		p.packed = append(p.packed, whole[from:end])
		from = end
	}
	p.block, p.ends = p.block[:0], p.ends[:0]
	return p.packed
}
