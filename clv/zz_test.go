package clv
import ("testing";"fmt";"math")
func TestZZ(t *testing.T){
 c := newClock(2,1e3,1e4,1e-6,6)
 for _, u := range []float64{0.01,0.1,0.3,0.5,0.8,1,2,20} {
 _, want := c.summed(0,u)
 var sums [3]float64
 for r:=0;r<3;r++{
 p,w := betaNodes(c.a,c.b,c.s+2,u*1.5,c.k)
 work := newStageWork(2)
 for i := range p { 
   st := math.Log1p(-p[i])/2
   switch r { case 0: c.byEvents(1-p[i],u,work)
   case 1: c.byRoots(1-p[i], math.Exp(st), -math.Expm1(st), u, work)
   case 2: c.given(p[i],u,work)}
   sums[r]+=w[i]*work.buying[0]
 }}
 _, got := c.atLog(0, math.Log1p(c.kappa*u)); got*=u/(1+u)
 f := u/(1+u)
 fmt.Println(u, want, sums[0]*f/want-1, sums[1]*f/want-1, sums[2]*f/want-1, got/want-1)
 }
}
