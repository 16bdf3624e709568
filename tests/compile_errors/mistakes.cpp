// Mistakes that must not compile, each with the sentence that the compiler must say: see check_mistakes.sh. A mistake
// begins with the line "// mistake: SENTENCE" and ends where the next one begins.
#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/runtime/function.hpp>

namespace xg = xgrad;

xg::Array make();

// mistake: this span would outlive its elements
std::span<const float> span_of_temporary() { return make().data<float>(); }

// mistake: this span would outlive its elements
std::span<const std::byte> bytes_of_temporary() { return make().bytes(); }

// mistake: this span would outlive its elements
std::span<const double> span_of_result(xg::Function& f) { return f(1.0)[0].data<double>(); }

// mistake: this pointer would outlive its elements
const std::int32_t* pointer_into_temporary() { return make().data<std::int32_t>().data(); }

// mistake: the formula names a part of itself
const auto named_part = xg::elementwise<1, xg::DTypes<float>>("named_part", [](const auto& x) {
  const auto y = x * x;
  return y + y;
});

// mistake: the formula names a number
const auto named_number = xg::elementwise<1, xg::DTypes<float>>("named_number", [](const auto& x) {
  const float k = 2;
  return x * k;
});

// mistake: must be a generic lambda of N arguments
const auto too_few = xg::elementwise<2, xg::FloatingTypes>("too_few", [](const auto& x) { return x * x; });

// mistake: must be a generic lambda of N arguments
const auto too_many =
    xg::elementwise<1, xg::FloatingTypes>("too_many", [](const auto& x, const auto& y) { return x * y; });

// mistake: must be a generic lambda of N arguments
const auto of_numbers = xg::elementwise<1, xg::FloatingTypes>("of_numbers", [](double x) { return x * x; });

// mistake: must be a function of N numbers
const auto loop_of_two =
    xg::elementwise_loop<1, xg::FloatingTypes>("loop_of_two", [](auto x, auto y) { return x * y; });

// mistake: must return an xtensor expression of its arguments
const auto a_number = xg::elementwise<1, xg::FloatingTypes>("a_number", [](const auto&) { return 1.0; });

// mistake: write xt::exp(x), xt::pow(x, y), ... instead of std::exp(x)
const auto standard_function =
    xg::elementwise<1, xg::DTypes<float>>("standard_function", [](const auto& x) { return std::exp(x * x) + x; });

// mistake: write xt::exp(x), xt::pow(x, y), ... instead of std::exp(x)
const auto standard_power =
    xg::elementwise<1, xg::DTypes<double>>("standard_power", [](const auto& x) { return std::pow(-x, 2.0); });
