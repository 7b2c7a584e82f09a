package analytics

// LeastMemory is the least that a run takes, in bytes: the program, the engine and one
// thread of it.
const LeastMemory = 134e6

// About what a night takes, by the runs of docs/memory.md: the engine puts rows on disk that do not
// fit; customers are columns in memory, and so is what the night before remembers of them.
const (
	memoryBase, memoryOfRow, memoryOfCustomer = 150e6, 60, 600
	memoryOfRemembered                        = 200
)

// MemoryOf is about how much memory a night takes that is the first or follows another, in
// bytes; 0 customers: not known, a tenth of the rows.
func MemoryOf(rows, customers int64, follows bool) int64 {
	const rowsOfCustomer = 10
	if customers == 0 {
		customers = rows / rowsOfCustomer
	}
	of := float64(memoryOfCustomer)
	if follows {
		of += memoryOfRemembered
	}
	return int64(memoryBase + memoryOfRow*float64(rows) + of*float64(customers))
}
