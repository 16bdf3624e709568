// Operators as users write them, each with one mistake: check_operator must find it and name it.
#include <xgrad/framework/autodiff/check_operator.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/ops/multiply.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

using namespace xgrad;
using test::check_error;

namespace {

using Kernel = std::function<void(const KernelArguments&)>;
using RowAxes = std::optional<std::vector<int>>;

/// An operator of one float32 or float64 input, of whose shape the output is, without a derivative.
class Made final : public Op {
 public:
  Made(Kernel kernel, RowAxes row_axes, Attributes attributes = {})
      : kernel_(std::move(kernel)), row_axes_(std::move(row_axes)), attributes_(std::move(attributes)) {}

  std::string_view name() const override { return "made"; }
  std::optional<Attributes> attributes() const override { return attributes_; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  void forward(const KernelArguments& arguments) const override { kernel_(arguments); }
  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override { return row_axes_; }
  std::optional<Tensor> vjp(const Vjp&, std::size_t) const override { return std::nullopt; }

 private:
  Kernel kernel_;
  RowAxes row_axes_;
  Attributes attributes_;
};

/// The entry of an operator of integers, which has no derivatives to check: only its kernel is looked at.
OperatorEntry entry_of(std::function<Tensor(const Tensor&)> function) {
  OperatorEntry entry{.name = "made", .summary = "", .formula = "", .gradient = ""};
  entry.samples = [function] {
    Array x(DType::int32, {5, 3});
    for (std::size_t i = 0; i < x.size(); ++i) x.data<std::int32_t>()[i] = static_cast<std::int32_t>(i * i % 11) + 1;
    return std::vector<Sample>{{"matrix", {x}, [function](auto inputs) { return function(inputs[0]); }}};
  };
  entry.rejections = [] { return std::vector<Rejection>{}; };
  return entry;
}

OperatorEntry entry_of(Kernel kernel, RowAxes row_axes) {
  const auto op = std::make_shared<const Made>(std::move(kernel), std::move(row_axes));
  return entry_of([op](const Tensor& x) { return apply(op, {x}); });
}

std::int64_t elements(const ArrayView& view) { return element_count(view.shape); }

const std::int32_t* x_of(const KernelArguments& arguments) { return arguments.inputs[0].as<std::int32_t>(); }
std::int32_t* y_of(const KernelArguments& arguments) { return arguments.outputs[0].as<std::int32_t>(); }

void twice(const KernelArguments& arguments) {
  for (std::int64_t i = 0; i < elements(arguments.outputs[0]); ++i) y_of(arguments)[i] = 2 * x_of(arguments)[i];
}

void cumulative_sum(const KernelArguments& arguments) {
  std::int32_t total = 0;
  for (std::int64_t i = 0; i < elements(arguments.outputs[0]); ++i) y_of(arguments)[i] = total += x_of(arguments)[i];
}

void check_found(const OperatorEntry& entry, const std::string& text) {
  check_error<ValueError>([&] { check_operator(entry); }, text);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(wrong_operators)

BOOST_AUTO_TEST_CASE(right_ones_pass) {
  BOOST_CHECK_NO_THROW(check_operator(entry_of(twice, std::vector{0})));
  BOOST_CHECK_NO_THROW(check_operator(entry_of(twice, std::nullopt)));
  BOOST_CHECK_NO_THROW(check_operator(entry_of(cumulative_sum, std::nullopt)));
}

BOOST_AUTO_TEST_CASE(row_axes_of_what_needs_other_rows) {
  check_found(entry_of(cumulative_sum, std::vector{0}),
              "made, sample 'matrix': made: computed in blocks of 1 row(s), element (1, 0) of output 0 is ");
  check_found(entry_of(cumulative_sum, std::vector{0}),
              "row_axes gives {0}: for each input the axis of which a block gets just its own rows");
}

BOOST_AUTO_TEST_CASE(whole_for_an_input_that_is_cut) {
  // Reads its input from the start, as if it were the rows of the block.
  check_found(entry_of(twice, std::vector{Op::whole}),
              "computed in blocks of 1 row(s), element (1, 0) of output 0 is 2, ");
  check_found(entry_of(twice, std::vector{Op::whole}), "row_axes gives {whole}");
}

BOOST_AUTO_TEST_CASE(first_row_of_an_input_that_is_cut_already) {
  check_found(entry_of(
                  [](const KernelArguments& arguments) {
                    const auto& x = arguments.inputs[0];
                    const auto first = arguments.first_row * x.row_stride;
                    for (std::int64_t i = 0; i < elements(arguments.outputs[0]); ++i) {
                      // Not read past the whole input of the sample.
                      y_of(arguments)[i] = first + i < elements(x) ? 2 * x_of(arguments)[first + i] : 0;
                    }
                  },
                  std::vector{0}),
              "computed in blocks of 1 row(s)");
}

BOOST_AUTO_TEST_CASE(row_axes_that_do_not_exist) {
  check_found(entry_of(twice, std::vector{2}),
              "made: row_axes gives axis 2 for input 0 of shape (5, 3), but the output has 5 rows");
  check_found(entry_of(twice, std::vector{1}), "made: row_axes gives axis 1 for input 0 of shape (5, 3)");
  check_found(entry_of(twice, std::vector{0, 0}), "made: row_axes gives 2 axes, but there are 1 inputs");
}

BOOST_AUTO_TEST_CASE(attributes_that_were_forgotten) {
  const auto times = [](std::int32_t factor, Attributes attributes) {
    const Kernel kernel = [factor](const KernelArguments& arguments) {
      for (std::int64_t i = 0; i < elements(arguments.outputs[0]); ++i)
        y_of(arguments)[i] = factor * x_of(arguments)[i];
    };
    return std::make_shared<const Made>(kernel, std::vector{0}, std::move(attributes));
  };
  const auto entry = [&](bool tells) {
    auto result = entry_of(twice, std::vector{0});
    result.samples = [=] {
      std::vector<Sample> samples;
      for (std::int32_t factor : {2, 3}) {
        const auto op = times(factor, tells ? Attributes{{"factor", factor}} : Attributes{});
        samples.push_back({"times " + std::to_string(factor), {xt::xarray<std::int32_t>{1, 2, 3}}, [op](auto x) {
                             return apply(op, {x[0]});
                           }});
      }
      return samples;
    };
    return result;
  };
  BOOST_CHECK_NO_THROW(check_operator(entry(true)));
  check_found(entry(false),
              "made, sample 'times 3': made: in the samples 'times 2' and 'times 3' the operators have equal names and "
              "attributes, \"\", but other results on equal inputs");
  check_found(entry(false), "its attributes() must give all that tells them apart");
}

BOOST_AUTO_TEST_CASE(a_kernel_that_writes_past_its_output) {
  const std::string text = "made: its kernel writes outside of its output";
  const auto past = [](std::int64_t first, std::int64_t last) {
    return entry_of(
        [=](const KernelArguments& arguments) {
          twice(arguments);
          y_of(arguments)[first] = 7;
          y_of(arguments)[elements(arguments.outputs[0]) + last] = 7;
        },
        std::nullopt);
  };
  check_found(past(0, 0), text);
  check_found(past(-1, -1), text);
  // All rows instead of those of the block.
  check_found(entry_of(
                  [](const KernelArguments& arguments) {
                    for (std::int64_t i = 0; i < 15; ++i) y_of(arguments)[i] = 2 * x_of(arguments)[0];
                  },
                  std::vector{0}),
              text);
}

BOOST_AUTO_TEST_CASE(a_kernel_with_state) {
  const auto calls = std::make_shared<std::int32_t>(0);
  check_found(entry_of(
                  [calls](const KernelArguments& arguments) {
                    twice(arguments);
                    y_of(arguments)[4] += (*calls)++;
                  },
                  std::nullopt),
              "made: two calls differ, in element (1, 1) of output 0; a kernel must keep nothing between calls");
  check_found(entry_of(
                  [](const KernelArguments& arguments) {
                    for (std::int64_t i = 0; i < elements(arguments.outputs[0]); ++i)
                      y_of(arguments)[i] += x_of(arguments)[i];
                  },
                  std::nullopt),
              "made: two calls differ, in element (0, 0) of output 0");
}

BOOST_AUTO_TEST_CASE(an_element_that_is_not_written) {
  check_found(entry_of(
                  [](const KernelArguments& arguments) {
                    for (std::int64_t i = 1; i < elements(arguments.outputs[0]); ++i)
                      y_of(arguments)[i] = x_of(arguments)[i];
                  },
                  std::nullopt),
              "made: its kernel does not write element (0, 0) of output 0");
}

BOOST_AUTO_TEST_CASE(an_elementwise_kernel_that_looks_at_its_neighbours) {
  class Previous final : public Elementwise {
   public:
    std::string_view name() const override { return "previous"; }
    std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
    Kernel kernel(std::span<const DType>) const override {
      return [](const std::byte* const* inputs, std::byte* const* outputs, std::size_t count) {
        const auto* x = reinterpret_cast<const std::int32_t*>(inputs[0]);
        for (std::size_t i = 0; i < count; ++i) reinterpret_cast<std::int32_t*>(outputs[0])[i] = x[i == 0 ? 0 : i - 1];
      };
    }
  };
  const auto op = std::make_shared<const Previous>();
  check_found(entry_of([op](const Tensor& x) { return apply(op, {x}); }),
              "previous: computed one element at a time, element (0, 1) of output 0 is ");
}

BOOST_AUTO_TEST_CASE(a_rule_that_is_not_linear_in_the_cotangent) {
  static const auto op =
      elementwise<1, FloatingTypes>("copied", [](const auto& x) { return x * number(x, 1); },
                                    {.vjp = {[](const Vjp& at) { return at.cotangent() * at.cotangent(); }}});
  OperatorEntry entry{.name = "copied", .summary = "", .formula = "", .gradient = ""};
  entry.samples = [] {
    return std::vector<Sample>{{"row", {sample_values({3})}, [](auto x) { return apply(op, {x[0]}); }}};
  };
  entry.rejections = [] { return std::vector<Rejection>{}; };
  check_error<GradientError>(
      [&] { check_operator(entry); },
      "copied, sample 'row': the rule of input 0 is not linear in the cotangent: with 1024 times");
}

BOOST_AUTO_TEST_CASE(a_rule_that_does_not_fit_says_whose_it_is) {
  static const auto op = elementwise<1, FloatingTypes>("copied", [](const auto& x) { return x * number(x, 1); },
                                                       {.vjp = {[](const Vjp& at) {
                                                          return at.cotangent() * constant(xt::xarray<double>{1, 2});
                                                        }}});
  OperatorEntry entry{.name = "copied", .summary = "", .formula = "", .gradient = ""};
  entry.samples = [] {
    return std::vector<Sample>{{"row", {sample_values({3})}, [](auto x) { return apply(op, {x[0]}); }}};
  };
  entry.rejections = [] { return std::vector<Rejection>{}; };
  check_error<ValueError>([&] { check_operator(entry); }, "copied, sample 'row': rule of copied: multiply: ");
}

BOOST_AUTO_TEST_SUITE_END()
