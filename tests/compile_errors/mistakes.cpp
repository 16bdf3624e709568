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
const auto named_part = xg::elementwise<1, xg::DTypes<float>>(xg::FormulaOptions{
    .name = "named_part",
    .formula =
        [](const auto& x) {
          const auto y = x * x;
          return y + y;
        },
});

// mistake: the formula names a number
const auto named_number = xg::elementwise<1, xg::DTypes<float>>(xg::FormulaOptions{
    .name = "named_number",
    .formula =
        [](const auto& x) {
          const float k = 2;
          return x * k;
        },
});

// mistake: must be a generic lambda of N arguments
const auto too_few = xg::elementwise<2, xg::FloatingTypes>(xg::FormulaOptions{
    .name = "too_few",
    .formula = [](const auto& x) { return x * x; },
});

// mistake: must be a generic lambda of N arguments
const auto too_many = xg::elementwise<1, xg::FloatingTypes>(xg::FormulaOptions{
    .name = "too_many",
    .formula = [](const auto& x, const auto& y) { return x * y; },
});

// mistake: must be a generic lambda of N arguments
const auto of_numbers = xg::elementwise<1, xg::FloatingTypes>(xg::FormulaOptions{
    .name = "of_numbers",
    .formula = [](double x) { return x * x; },
});

// mistake: must be a function of N numbers
const auto loop_of_two = xg::elementwise_loop<1, xg::FloatingTypes>(xg::FormulaOptions{
    .name = "loop_of_two",
    .formula = [](auto x, auto y) { return x * y; },
});

// mistake: must return an xtensor expression of its arguments
const auto a_number = xg::elementwise<1, xg::FloatingTypes>(xg::FormulaOptions{
    .name = "a_number",
    .formula = [](const auto&) { return 1.0; },
});

// mistake: write xt::exp(x), xt::pow(x, y), ... instead of std::exp(x)
const auto standard_function = xg::elementwise<1, xg::DTypes<float>>(xg::FormulaOptions{
    .name = "standard_function",
    .formula = [](const auto& x) { return std::exp(x * x) + x; },
});

// mistake: write xt::exp(x), xt::pow(x, y), ... instead of std::exp(x)
const auto standard_power = xg::elementwise<1, xg::DTypes<double>>(xg::FormulaOptions{
    .name = "standard_power",
    .formula = [](const auto& x) { return std::pow(-x, 2.0); },
});

// mistake: write xt::cast<std::int64_t>(x)
const xg::Array of_sizes = xt::xarray<std::size_t>{1, 2};

// mistake: float, double, std::int32_t, std::int64_t, std::uint8_t or bool
const xg::Array of_unsigned(xt::xtensor<unsigned, 1>{1, 2});

// mistake: write xt::cast<std::int64_t>(x)
xg::ArrayRef of_short_integers(const xt::xarray<std::uint16_t>& x) { return x; }

// mistake: write xt::cast<std::int64_t>(x)
xg::Outputs call_with_characters(xg::Function& f, const xt::xarray<char>& x) { return f(x); }

// mistake: write xt::cast<std::int64_t>(x)
const xg::Tensor constant_sum = xg::constant(xt::xarray<std::size_t>{1, 2} + std::size_t{1});

// mistake: write xt::cast<std::int64_t>(x)
const xt::xtensor<std::size_t, 2> sizes_of_array = make();

// mistake: write xt::adapt(values, {rows, columns})
xg::Outputs call_with_vector(xg::Function& f, const std::vector<float>& x) { return f(x); }

// mistake: write xt::adapt(values, {rows, columns})
const xg::Array of_extents = xg::Extents{1, 2};
