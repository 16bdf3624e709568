#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/hinge.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/square.hpp>

#include "loss_samples.hpp"
#include <cmath>

namespace xgrad {
namespace {

OperatorSamples hinge_samples(std::string name, Tensor (*function)(const Tensor&, const Tensor&)) {
  return {
      .samples = [=] { return loss_samples(function); },
      .rejections = [=] { return loss_rejections(name, function); },
  };
}

}  // namespace

static const RegisterSamples samples_of_hinge{
    "hinge", with_cases(hinge_samples("hinge", hinge), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({1}), special_array({1})}, .value = {0}, .gradient = {0}},
          {.inputs = {special_array({1}), special_array({NAN})}, .value = {NAN}, .gradient = {NAN}}};
    })};

static const RegisterSamples samples_of_squared_hinge{
    "squared_hinge", with_cases(hinge_samples("squared_hinge", squared_hinge), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({1}), special_array({1})}, .value = {0}, .gradient = {0}},
          {.inputs = {special_array({1}), special_array({NAN})}, .value = {NAN}, .gradient = {NAN}}};
    })};

static const RegisterSamples samples_of_categorical_hinge{
    "categorical_hinge", with_cases(hinge_samples("categorical_hinge", categorical_hinge), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({1, 0}), special_array({1, 0})}, .value = {0}, .gradient = {0, 0}},
          {.inputs = {special_array({1, 0}), special_array({NAN, 0})}, .value = {NAN}, .gradient = {NAN, NAN}}};
    })};

}  // namespace xgrad
