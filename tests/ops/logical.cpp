#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/logical.hpp>
#include <xgrad/ops/negative.hpp>

#include <cmath>

namespace xgrad {
namespace {

OperatorSamples logical_samples(std::string name, Tensor (*function)(const Tensor&, const Tensor&)) {
  return {
      .samples =
          [=] {
            auto samples = binary_samples(function);
            const auto build = [=](auto x) { return function(x[0], x[1]); };
            samples.push_back(
                {"booleans",
                 {xt::xarray<bool>{{true, true}, {false, false}}, xt::xarray<bool>{{true, false}, {true, false}}},
                 build});
            samples.push_back({"integers", {xt::xarray<int>{0, 0, 2, 1}, xt::xarray<int>{0, 1, 0, 2}}, build});
            samples.push_back({"zeros", {xt::xarray<double>{0, -0.0, 0.5}, xt::xarray<double>{0, 1, 0}}, build});
            return samples;
          },
      .rejections = [=] { return binary_rejections(name, function); },
  };
}

}  // namespace

static const RegisterSamples samples_of_logical_and{
    "logical_and", with_cases(logical_samples("logical_and", logical_and), [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({NAN, 0}), special_array({1, -0.0})}, .value = {1, 0}}};
    })};

static const RegisterSamples samples_of_logical_or{
    "logical_or", with_cases(logical_samples("logical_or", logical_or), [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({NAN, 0}), special_array({1, -0.0})}, .value = {1, 0}}};
    })};

static const RegisterSamples samples_of_logical_xor{
    "logical_xor", with_cases(logical_samples("logical_xor", logical_xor), [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({NAN, 0}), special_array({1, -0.0})}, .value = {0, 0}}};
    })};

static const RegisterSamples samples_of_logical_not{
    "logical_not",
    {
        .samples =
            [] {
              auto samples = unary_samples(logical_not);
              const auto build = [](auto x) { return logical_not(x[0]); };
              samples.push_back({"booleans", {xt::xarray<bool>{true, false}}, build});
              samples.push_back({"integers", {xt::xarray<int>{-3, 0, 5}}, build});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"use as a number", [] { negative(logical_not(input({3}))); }, "but got bool; cast the input"}};
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, -0.0, NAN})}, .value = {1, 1, 0}}};
            },
    }};

}  // namespace xgrad
