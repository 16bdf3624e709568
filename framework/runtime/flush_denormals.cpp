#include <xgrad/framework/runtime/flush_denormals.hpp>

#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace xgrad {
namespace {

#if defined(__SSE__)

constexpr unsigned flush_results_and_operands = 0x8040;  // the bits FTZ and DAZ of MXCSR

unsigned control() { return _mm_getcsr(); }
void set_control(unsigned value) { _mm_setcsr(value); }

#elif defined(__aarch64__)

constexpr unsigned flush_results_and_operands = 1u << 24;  // the bit FZ of FPCR

unsigned control() {
  unsigned long value;
  asm volatile("mrs %0, fpcr" : "=r"(value));
  return static_cast<unsigned>(value);
}
void set_control(unsigned value) { asm volatile("msr fpcr, %0" : : "r"(static_cast<unsigned long>(value))); }

#else

constexpr unsigned flush_results_and_operands = 0;

unsigned control() { return 0; }
void set_control(unsigned) {}

#endif

}  // namespace

// Reading the control register is cheap, writing it is not.
FlushDenormals::FlushDenormals() : before_(control()) {
  if (before_ != (before_ | flush_results_and_operands)) set_control(before_ | flush_results_and_operands);
}
FlushDenormals::~FlushDenormals() {
  if (before_ != (before_ | flush_results_and_operands)) set_control(before_);
}

}  // namespace xgrad
