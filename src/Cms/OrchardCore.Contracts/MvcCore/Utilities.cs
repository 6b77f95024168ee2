using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace OrchardCore.Mvc.Core.Utilities
{
    /// <summary>Names of controllers.</summary>
    public static class ControllerTypeExtensions
    {
        /// <summary>The controller's name in routes.</summary>
        public static string ControllerName(this Type controllerType) =>
            controllerType.Name.EndsWith("Controller", StringComparison.OrdinalIgnoreCase) ? controllerType.Name[..^"Controller".Length] : controllerType.Name;
    }
}

namespace OrchardCore.Mvc.ModelBinding
{
    /// <summary>Adds errors of prefixed forms.</summary>
    public static class ModelStateDictionaryExtensions
    {
        /// <summary>Adds an error to the field <c>prefix.key</c>.</summary>
        public static void AddModelError(this ModelStateDictionary modelState, string prefix, string key, string errorMessage) =>
            modelState.AddModelError(string.IsNullOrEmpty(prefix) ? key : prefix + "." + key, errorMessage);

        /// <summary>Adds the errors to their fields; errors without a field belong to the prefix.</summary>
        public static void BindValidationResults(this ModelStateDictionary modelState, string prefix, IEnumerable<ValidationResult> validationResults)
        {
            foreach (var result in validationResults)
                modelState.BindValidationResult(prefix, result);
        }

        /// <summary>Adds the error to its fields; an error without a field belongs to the prefix.</summary>
        public static void BindValidationResult(this ModelStateDictionary modelState, string prefix, ValidationResult validationResult)
        {
            var any = false;
            foreach (var member in validationResult.MemberNames)
            {
                any = true;
                modelState.AddModelError(prefix, member, validationResult.ErrorMessage ?? "");
            }

            if (!any)
                modelState.AddModelError(prefix, validationResult.ErrorMessage ?? "");
        }
    }
}
