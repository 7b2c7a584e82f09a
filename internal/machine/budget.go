package machine

import (
	"github.com/dustin/go-humanize"
)

// Budget is how much memory a process may take.
type Budget struct {
	Bytes int64 // 0: as much as it likes
	// Edge is how much brings it close to being killed, beyond Bytes.
	Edge int64
}

// The default leaves a quarter to whatever else lives in the machine or the container: the
// pages of files, the kernel's own, and other programs.
const defaultShare, ofShares = 3, 4

// BudgetWithin is the budget of who asks for so many bytes; 0: for the default, three
// quarters of what is allowed.
func BudgetWithin(a Allowance, asked int64) Budget {
	b := Budget{Bytes: asked}
	if asked == 0 {
		b.Bytes = a.Bytes / ofShares * defaultShare
	}
	b.Edge = b.Bytes + b.Bytes/8
	if a.Bytes > 0 { // at half the way to the end there is time to say so
		b.Edge = min(b.Edge, b.Bytes+(a.Bytes-b.Bytes)/2)
	}
	return b
}

// TooLittle is the cause of the end of who needs more than the budget.
type TooLittle struct {
	Budget, Taken int64 // bytes
}

// Error says how much was to be had.
func (e *TooLittle) Error() string {
	return Text(e.Budget) + " of memory are too little"
}

// Text writes an amount of memory for people, as the flag --memory reads it.
func Text(bytes int64) string { return humanize.Bytes(uint64(max(0, bytes))) }
