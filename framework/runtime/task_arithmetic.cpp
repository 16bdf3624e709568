#include <xgrad/framework/runtime/task_arithmetic.hpp>

#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace xgrad {
namespace {

#if defined(__SSE__)

// Of MXCSR: round to nearest, every exception masked (0x1f80), FTZ and DAZ (0x8040). The six bits below those masks say
// what has happened so far and change nothing.
constexpr unsigned task_control = 0x9fc0;
constexpr unsigned control_bits = 0xffc0;

unsigned control() { return _mm_getcsr(); }
void set_control(unsigned value) { _mm_setcsr(value); }

#elif defined(__aarch64__)

constexpr unsigned task_control = 1u << 24;  // of FPCR: the bit FZ alone, so round to nearest and trap nothing
constexpr unsigned control_bits = ~0u;

unsigned control() {
  unsigned long value;
  asm volatile("mrs %0, fpcr" : "=r"(value));
  return static_cast<unsigned>(value);
}
void set_control(unsigned value) { asm volatile("msr fpcr, %0" : : "r"(static_cast<unsigned long>(value))); }

#else

constexpr unsigned task_control = 0;
constexpr unsigned control_bits = 0;

unsigned control() { return 0; }
void set_control(unsigned) {}

#endif

bool is_of_tasks(unsigned control) { return (control & control_bits) == task_control; }

}  // namespace

// Reading the control register is cheap, writing it is not.
TaskArithmetic::TaskArithmetic() : before_(control()) {
  if (!is_of_tasks(before_)) set_control(task_control);
}
TaskArithmetic::~TaskArithmetic() {
  if (!is_of_tasks(before_)) set_control(before_);
}

}  // namespace xgrad
