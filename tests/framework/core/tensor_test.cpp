#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/tensor.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <limits>

using namespace xgrad;
using test::check_error;

namespace {

/// Gives outputs of the types it is made with.
class Typed final : public Op {
 public:
  explicit Typed(std::vector<TensorType> types) : types_(std::move(types)) {}
  std::string_view name() const override { return "typed"; }
  std::vector<TensorType> infer(std::span<const TensorType>) const override { return types_; }

 private:
  std::vector<TensorType> types_;
};

std::shared_ptr<const Op> typed(std::vector<TensorType> types) { return std::make_shared<const Typed>(types); }

}  // namespace

BOOST_AUTO_TEST_SUITE(tensors)

BOOST_AUTO_TEST_CASE(leaves_have_type_and_name) {
  const auto x = input({batch, 3}, "x", DType::int64);
  BOOST_TEST(x.type().to_string() == "int64 (batch, 3)");
  BOOST_TEST(x.rank() == 2u);
  BOOST_TEST(x.name() == "x");
  BOOST_TEST(x.node().op().name() == "input");
  BOOST_TEST(x.node().inputs().empty());
  const auto w = parameter(xt::zeros<double>({2, 3}), "w");
  BOOST_TEST(w.type().to_string() == "float64 (2, 3)");
  BOOST_TEST(w.node().op().name() == "parameter");
  const auto c = constant(xt::xarray<bool>{true, false});
  BOOST_TEST(c.type().to_string() == "bool (2,)");
  BOOST_TEST(c.name() == "");
  BOOST_TEST((constant(1).type() == TensorType{DType::int32, {}}));
}

BOOST_AUTO_TEST_CASE(scalars_have_the_dtype_asked_for) {
  const auto value = [](const Tensor& tensor) {
    return dynamic_cast<const Constant&>(tensor.node().op()).value().item();
  };
  BOOST_TEST((scalar(2.5).type() == TensorType{DType::float32, {}}));
  BOOST_TEST(value(scalar(2.5)) == 2.5);
  BOOST_TEST((scalar(3, DType::uint8).type() == TensorType{DType::uint8, {}}));
  BOOST_TEST(value(dim_size(7, DType::int64)) == 7);
  const auto size = dim_size(batch * 2);
  BOOST_TEST((size.type() == TensorType{DType::float32, {}}));
  BOOST_TEST((dynamic_cast<const DimSize&>(size.node().op()).dim() == batch * 2));
}

BOOST_AUTO_TEST_CASE(equality_is_that_of_outputs) {
  const auto x = input({3});
  const Tensor copy = x;
  BOOST_TEST((copy == x));
  BOOST_TEST((!(input({3}) == x)));
  const auto pair = apply_all(typed({{}, {}}), {});
  BOOST_TEST((!(pair[0] == pair[1])));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tensor_limits)

BOOST_AUTO_TEST_CASE(ranks_above_the_highest_are_refused_wherever_tensors_are_made) {
  const Shape highest(std::vector<Dim>(max_rank, 1));
  const Shape too_high(std::vector<Dim>(max_rank + 1, 1));
  BOOST_TEST(input(highest).rank() == max_rank);
  check_error<ShapeError>([&] { input(too_high); }, "input: expected at most 32 axes, but got 33");
  check_error<ShapeError>([&] { parameter(Array(DType::float32, too_high.extents())); }, "parameter: expected at most");
  check_error<ShapeError>([&] { constant(Array(DType::float32, too_high.extents())); }, "constant: expected at most");
  check_error<ShapeError>([&] { apply_all(typed({{}, {DType::float32, too_high}}), {}); }, "typed: expected at most");
}

BOOST_AUTO_TEST_CASE(sizes_that_cannot_be_counted_are_refused_wherever_tensors_are_made) {
  const std::int64_t half = std::int64_t{1} << 32;
  check_error<ShapeError>([&] { input({half, half}, "x"); }, "input: float32 (4294967296, 4294967296) is too large");
  check_error<ShapeError>([&] { add(input({half, 1}), input({half})); }, "add: float32 (4294967296, 4294967296) is");
  // One element more would be 2^47 bytes, whatever else is empty.
  const auto bytes = (std::int64_t{1} << 47) - 1;
  BOOST_TEST(input({bytes}, {}, DType::uint8).rank() == 1u);
  BOOST_TEST(input({bytes / 4}).rank() == 1u);
  check_error<ShapeError>([&] { input({bytes + 1}, {}, DType::uint8); },
                          "is too large: expected fewer than 2^47 bytes");
  check_error<ShapeError>([&] { input({bytes / 4 + 1}); }, "is too large: expected fewer than 2^47 bytes");
  check_error<ShapeError>([&] { input({0, bytes}); }, "is too large: expected fewer than 2^47 bytes");
  check_error<ShapeError>([&] { input({batch, bytes}); }, "is too large: expected fewer than 2^47 bytes");
  const auto most = std::numeric_limits<std::int64_t>::max();
  check_error<ShapeError>([&] { input({batch, most}); }, "input: float32 (batch, 9223372036854775807) is too large");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(parameters)

BOOST_AUTO_TEST_CASE(a_parameter_keeps_what_is_assigned) {
  const auto w = parameter(xt::xarray<float>{1, 2, 3}, "w");
  const auto* memory = w.value().bytes().data();
  w.assign(xt::xarray<float>{4, 5, 6});
  BOOST_TEST((w.value().view<float>() == xt::xarray<float>{4, 5, 6}));
  w.assign(xt::xarray<float>{1, 2, 3} * 2.f);
  BOOST_TEST((w.value().view<float>() == xt::xarray<float>{2, 4, 6}));
  BOOST_TEST(w.value().bytes().data() == memory);
  const Tensor copy = w;
  copy.assign(Array(xt::xarray<float>{7, 8, 9}));
  BOOST_TEST((w.value().view<float>() == xt::xarray<float>{7, 8, 9}));
  w.assign(w.value());
  BOOST_TEST((w.value().view<float>() == xt::xarray<float>{7, 8, 9}));
}

BOOST_AUTO_TEST_CASE(a_parameter_owns_its_value) {
  Array value = xt::xarray<float>{1, 2};
  const auto w = parameter(value);
  value.data<float>()[0] = 100;
  BOOST_TEST(w.value().data<float>()[0] == 1);
}

BOOST_AUTO_TEST_CASE(a_parameter_may_be_a_scalar_or_empty) {
  const auto scalar = parameter(2.5f);
  scalar.assign(3.5f);
  BOOST_TEST(scalar.value().item() == 3.5);
  const auto empty = parameter(Array(DType::float32, {0, 3}));
  empty.assign(xt::xarray<float>::from_shape({0, 3}));
  empty.assign(empty.value());
  BOOST_TEST((empty.value().shape() == Extents{0, 3}));
}

BOOST_AUTO_TEST_CASE(values_of_another_type_are_refused_and_change_nothing) {
  const auto w = parameter(xt::xarray<float>{1, 2, 3}, "w");
  check_error<DTypeError>(
      [&] {
        w.assign(xt::xarray<double>{4, 5, 6});
      },
      "Tensor::assign: parameter 'w' expected float32, but got float64; convert the value, for "
      "example Array(x).cast(DType::float32)");
  check_error<DTypeError>([&] { w.assign(1); }, "got int32");
  check_error<ShapeError>([&] { w.assign(xt::xarray<float>{{4, 5, 6}}); }, "expected shape (3,), but got (1, 3)");
  check_error<ShapeError>([&] { w.assign(1.f); }, "expected shape (3,), but got ()");
  BOOST_TEST((w.value().view<float>() == xt::xarray<float>{1, 2, 3}));
}

BOOST_AUTO_TEST_CASE(only_parameters_have_state) {
  const auto x = input({3}, "x");
  check_error<StateError>([&] { x.value(); }, "Tensor::value: expected a parameter, but this is input 'x'");
  check_error<StateError>([&] { x.assign(1.f); }, "Tensor::assign: expected a parameter");
  check_error<StateError>([&] { constant(1.f).value(); }, "but this is a constant");
  check_error<StateError>([&] { add(x, x).assign(1.f); }, "the result of add; use eval(tensor)");
}

BOOST_AUTO_TEST_SUITE_END()
